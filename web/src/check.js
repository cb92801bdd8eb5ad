// The check: suggestions while typing, copy and print, and the progress of a list.
const status = (box, words) => {
  if (box) box.textContent = words;
};

// Suggestions: the server answers with the same buttons that the form has without a script.
const form = document.querySelector('form.check');
const place = document.getElementById('suggestions');
if (form && place) {
  const told = document.getElementById('suggestions-status');
  const pressed = () => {
    for (const button of place.querySelectorAll('[data-field]')) {
      const field = form.elements[button.dataset.field];
      button.setAttribute('aria-pressed', String(field?.value === button.dataset.value));
    }
  };
  let waiting;
  let asked = '';
  let stop = new AbortController();
  const suggest = async () => {
    const text = `${form.elements.title.value}\n${form.elements.description.value}`;
    if (text === asked || !text.trim()) return;
    asked = text;
    stop.abort();
    stop = new AbortController();
    const body = new FormData(form);
    body.set('do', 'suggestions');
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: stop.signal });
      if (!answer.ok) throw new Error(answer.status);
      place.innerHTML = await answer.text();
      pressed();
      status(told, `${told.dataset.found} ${place.querySelectorAll('[data-field]').length}`);
    } catch (error) {
      if (error.name === 'AbortError') return;
      asked = '';
      status(told, told.dataset.failed);
    }
  };
  for (const name of ['title', 'description']) {
    form.elements[name].addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(suggest, 700);
    });
  }
  form.querySelector('[data-suggest]').addEventListener('click', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    asked = '';
    suggest();
  });
  place.addEventListener('click', (event) => {
    const button = event.target.closest('[data-field]');
    const field = button && form.elements[button.dataset.field];
    if (!field) return;
    event.preventDefault();
    field.value = field.value === button.dataset.value ? '' : button.dataset.value;
    const around = field.closest('details');
    if (around) around.open = true;
    pressed();
    if (field.value) status(told, `${told.dataset.taken} ${button.textContent}`);
    else status(told, '');
  });
  form.addEventListener('change', pressed);
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// Copy: a page that came by plain HTTP has no clipboard, so its text is selected and copied.
for (const button of document.querySelectorAll('[data-copy]')) {
  const told = document.getElementById('copy-status');
  button.hidden = false;
  button.addEventListener('click', async () => {
    let done = false;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      done = true;
    } catch {
      getSelection().selectAllChildren(document.querySelector('.paper'));
      done = document.execCommand('copy');
    }
    status(told, done ? told.dataset.copied : told.dataset.failed);
  });
}

// A list: the server tells line by line how far it is, at last the page or the file.
const list = document.querySelector('form[data-list]');
if (list) {
  const told = list.querySelector('[data-waiting]');
  const bar = list.querySelector('progress');
  const saved = (address, name) => {
    const [, type, coded] = address.match(/^data:(.*);base64,(.*)$/);
    const bytes = Uint8Array.from(atob(coded), (sign) => sign.charCodeAt(0));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const news = (line) => {
    if (line.all !== undefined) {
      bar.max = line.all || 1;
      bar.value = line.checked;
      status(told, `${told.dataset.checked} ${line.checked} / ${line.all}`);
    } else if (line.problem) {
      status(told, line.problem);
    } else if (line.file) {
      saved(line.file, line.name);
      status(told, `${told.dataset.done} ${line.name}`);
    } else {
      const page = new DOMParser().parseFromString(line.page, 'text/html');
      document.title = page.title;
      const main = document.querySelector('main');
      main.replaceWith(page.querySelector('main'));
      document.querySelector('main').focus();
      scrollTo(0, 0);
    }
  };
  let busy = false;
  list.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const body = new FormData(list, event.submitter);
    bar.removeAttribute('value');
    bar.parentElement.hidden = false;
    status(told, told.dataset.waiting);
    try {
      const headers = { Accept: 'application/x-ndjson' };
      const answer = await fetch(list.action, { method: 'POST', body, headers });
      if (!answer.headers.get('content-type').includes('ndjson')) {
        news({ page: await answer.text() });
        return;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const lines = (rest + value).split('\n');
        rest = lines.pop();
        for (const line of lines) news(JSON.parse(line));
      }
    } catch {
      status(told, told.dataset.failed);
    } finally {
      busy = false;
      bar.parentElement.hidden = true;
    }
  });
}
