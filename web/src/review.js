// Improve the page of one proposal: single keys that can be switched off (WCAG 2.2, 2.1.4), and
// the fields of a correction only where one is made.
const STORED = 'kreislaufstadt-review-keys';
const form = document.getElementById('decide');
const correction = document.getElementById('correction');
const keys = document.getElementById('keys');
const keysOn = document.getElementById('keys-on');
const keysState = document.getElementById('keys-state');
const status = document.querySelector('.done');

const chosen = () => form?.querySelector('input[name="decision"]:checked')?.value;

function showCorrection() {
  correction.hidden = chosen() !== 'correct';
  correction.disabled = correction.hidden;
}

function choose(radio) {
  radio.checked = true;
  showCorrection();
  document.getElementById(radio.value === 'correct' ? 'target' : 'reason').focus();
}

function follow(id) {
  document.getElementById(id)?.click();
}

function showHelp() {
  keys.scrollIntoView();
  document.getElementById('keys-heading').focus();
}

function stored() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function switchKeys(on) {
  keysOn.checked = on;
  for (const key of document.querySelectorAll('.key')) key.hidden = !on;
  try {
    localStorage.setItem(STORED, on ? 'on' : 'off');
  } catch {
    // It holds for this page then.
  }
}

function isWriting(element) {
  return element.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
}

document.addEventListener('keydown', (event) => {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && target.id === 'reason') {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!isPlain || !keysOn?.checked || isWriting(target)) return;
  const radio = form?.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
  if (radio) choose(radio);
  else if (event.key === 'j') follow('later');
  else if (event.key === 'k') follow('earlier');
  else if (event.key === '?') showHelp();
  else return;
  event.preventDefault();
});

if (form) {
  showCorrection();
  form.addEventListener('change', showCorrection);
  // Sent twice, the second one would be told that the first was taken.
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
if (keys) {
  keys.hidden = false;
  switchKeys(stored() !== 'off');
  keysOn.addEventListener('change', () => {
    switchKeys(keysOn.checked);
    keysState.textContent = keysOn.checked ? keysState.dataset.on : keysState.dataset.off;
  });
}
// After a decision a screen reader begins with what became of it.
if (status) {
  status.tabIndex = -1;
  status.focus();
}
