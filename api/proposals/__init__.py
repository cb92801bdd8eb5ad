"""Put open proposals in order, narrow them, and show both sides of one."""
