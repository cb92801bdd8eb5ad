// Ask the server for the SPARQL page and read it; null when it sends anything else.
export async function pageAt(address, data) {
  const asked = data ? { method: 'POST', body: new URLSearchParams(data) } : {};
  try {
    const response = await fetch(address, { ...asked, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.getElementById('answer') ? page : null;
  } catch {
    return null;
  }
}
