// The editor of the SPARQL page: it stands in place of the text field, which stays the form's field.
import { editor, fill, markPlace, removeMarks } from './sparql/editor.js';
import { pageAt } from './sparql/pages.js';

const form = document.getElementById('ask');
const field = document.getElementById('query');
const answer = document.getElementById('answer');
const status = document.getElementById('status');
const words = JSON.parse(form.dataset.words);
const view = editor(field, { form, words });

field.hidden = true;
field.required = false;
document.getElementById('editor-help').hidden = false;
document.querySelector('label[for="query"]').addEventListener('click', () => view.focus());
pointAtMistake();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask(form, event.submitter);
});

answer.addEventListener('click', (event) => {
  if (event.target.closest('[data-jump]')) {
    event.preventDefault();
    markPlace(view, place());
    view.focus();
    return;
  }
  const link = event.target.closest('a[data-sort]');
  if (link && isPlain(event)) {
    event.preventDefault();
    sort(() => pageAt(link.href), link.dataset.sort);
  }
});

answer.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (button?.name !== 'sort') return;
  event.preventDefault();
  sort(() => pageAt(event.target.action, new FormData(event.target, button)), button.dataset.sort);
});

document.getElementById('examples').addEventListener('click', async (event) => {
  const link = event.target.closest('a');
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  const page = await pageAt(link.href);
  if (!page) {
    location.assign(link.href);
    return;
  }
  removeMarks(view);
  fill(view, page.getElementById('query').value);
  answer.replaceChildren();
  status.textContent = `${words.filled} ${link.textContent}`;
  history.replaceState(null, '', link.href);
  view.focus();
});

async function ask(asked, button) {
  status.textContent = words.asking;
  const page = await pageAt(asked.action, new FormData(asked, button));
  if (!page) {
    asked.submit();
    return;
  }
  show(page);
  const shared = answer.querySelector('a[data-share]');
  history.replaceState(null, '', shared ? shared.href : location.pathname);
  pointAtMistake();
}

async function sort(getPage, column) {
  const page = await getPage();
  if (!page) return;
  show(page);
  answer.querySelector(`[data-sort="${column}"]`)?.focus();
}

function show(page) {
  answer.replaceChildren(...page.getElementById('answer').childNodes);
  status.textContent = page.getElementById('status').textContent;
}

function pointAtMistake() {
  removeMarks(view);
  if (place()) markPlace(view, place());
}

function place() {
  const complaint = answer.querySelector('[data-line]');
  if (!complaint) return null;
  return { line: Number(complaint.dataset.line), column: Number(complaint.dataset.column) };
}

function isPlain(event) {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
}
