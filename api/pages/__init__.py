"""Give the pages people read: plain HTML without any script, in German and English."""
