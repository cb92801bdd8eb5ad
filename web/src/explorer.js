// Walk through the graph without loading the page anew. The server draws every state; this script
// fetches the next one, moves the keyboard's focus along, and gives the picture as a file.

let part = document.querySelector('#explorer');
const status = document.querySelector('#explorer-status');
const find = (selector) => part.querySelector(selector);
const things = () => [...part.querySelectorAll('a.thing')];
let scale = 1;

function say(words) {
  status.textContent = words;
}

// Only one thing is a tab stop; the arrow keys lead to the others.
function makeTabStop(thing) {
  for (const one of things()) one.setAttribute('tabindex', one === thing ? '0' : '-1');
}

function wire() {
  for (const element of part.querySelectorAll('[data-script]')) element.hidden = false;
  for (const thing of things()) {
    thing.setAttribute('role', 'button');
    if (thing.dataset.open) thing.setAttribute('aria-expanded', thing.dataset.open);
  }
  makeTabStop(find(`#thing-${part.dataset.at}`) ?? things()[0]);
  zoom(1);
}

function zoom(factor) {
  scale = Math.min(3, Math.max(0.3, scale * factor));
  const picture = find('#explorer-picture');
  const { width, height } = picture.viewBox.baseVal;
  picture.setAttribute('width', Math.round(width * scale));
  picture.setAttribute('height', Math.round(height * scale));
}

function show(thing) {
  const box = find('.scroll.drawn');
  const inner = thing.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  box.scrollBy(
    inner.left + inner.width / 2 - outer.left - outer.width / 2,
    inner.top + inner.height / 2 - outer.top - outer.height / 2,
  );
}

let asked = 0;
async function walk(address, { keep = true, focus = document.activeElement?.id } = {}) {
  const turn = ++asked;
  part.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (turn !== asked) return;
    const next = page.querySelector('#explorer');
    if (!next) throw new Error(page.querySelector('main p')?.textContent);
    const box = find('.scroll.drawn');
    const before = find('#explorer-picture').viewBox.baseVal;
    const [x, y] = [box.scrollLeft / scale + before.x, box.scrollTop / scale + before.y];
    part.replaceWith(document.importNode(next, true));
    part = document.querySelector('#explorer');
    document.title = page.title;
    for (const link of ['header .language a', 'link[hreflang]']) {
      const from = page.querySelector(link);
      if (from) document.querySelector(link).href = from.getAttribute('href');
    }
    wire();
    // What was in sight stays where it was.
    const after = find('#explorer-picture').viewBox.baseVal;
    find('.scroll.drawn').scrollTo((x - after.x) * scale, (y - after.y) * scale);
    if (keep) history.pushState({ walked: true }, '', address);
    const target = document.getElementById(focus ?? '') ?? find(`#thing-${part.dataset.at}`);
    if (focus && target) {
      if (target.matches('.thing')) makeTabStop(target);
      target.focus({ preventScroll: target.matches('.thing') });
    }
    say(`${part.dataset.opened} ${page.querySelector('#explorer-status').textContent}`);
  } catch {
    part.removeAttribute('aria-busy');
    say(part.dataset.failed);
  }
}

function neighbourTowards(thing, [right, down]) {
  const [x, y] = [Number(thing.dataset.x), Number(thing.dataset.y)];
  let best;
  for (const other of things()) {
    if (other === thing) continue;
    const [across, along] = [Number(other.dataset.x) - x, Number(other.dataset.y) - y];
    const ahead = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const distance = ahead + aside * 1.5;
    if (!best || distance < best.distance) best = { other, distance };
  }
  return best?.other;
}

const DIRECTIONS = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

document.addEventListener('keydown', (event) => {
  const thing = event.target.closest?.('#explorer a.thing');
  if (!thing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key in DIRECTIONS || event.key === 'Home') {
    event.preventDefault();
    const next = event.key === 'Home' ? things()[0] : neighbourTowards(thing, DIRECTIONS[event.key]);
    if (!next) return;
    makeTabStop(next);
    next.focus({ preventScroll: true });
    show(next);
  } else if (event.key === ' ') {
    event.preventDefault();
    walk(thing.getAttribute('href'));
  } else if (event.key === 'Delete' && thing.dataset.remove) {
    event.preventDefault();
    walk(thing.dataset.remove);
  }
});

// The lines of the thing in focus stand out.
document.addEventListener('focusin', (event) => {
  const thing = event.target.closest?.('#explorer a.thing');
  if (!thing) return;
  for (const line of part.querySelectorAll('.line[data-ends]')) {
    line.classList.toggle('at', line.dataset.ends.split(' ').includes(thing.dataset.number));
  }
});

// Undo by the browser's own memory where the last step was taken here.
function undo(link) {
  if (history.state?.walked) history.back();
  else walk(link.getAttribute('href'));
}

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest?.('#explorer a[data-walk]');
  if (link) {
    event.preventDefault();
    if (link.dataset.dragged) return void delete link.dataset.dragged;
    if (link.id === 'explorer-back') undo(link);
    else walk(link.getAttribute('href'), { focus: link.id });
    return;
  }
  const act = ACTIONS[event.target.id];
  if (act) act();
});

window.addEventListener('popstate', () => walk(location.href, { keep: false }));

// Dragging a thing pins it where it is let go.
let drag;
document.addEventListener('pointerdown', (event) => {
  const thing = event.target.closest?.('#explorer a.thing');
  if (!thing || event.button) return;
  drag = { thing, x: event.clientX, y: event.clientY, moved: false };
});
document.addEventListener('dragstart', (event) => {
  if (event.target.closest?.('#explorer a.thing')) event.preventDefault();
});
document.addEventListener('pointermove', (event) => {
  if (!drag) return;
  const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
  if (Math.hypot(across, down) < 6 && !drag.moved) return;
  drag.moved = true;
  drag.at = [Number(drag.thing.dataset.x) + across / scale, Number(drag.thing.dataset.y) + down / scale];
  drag.thing.setAttribute('transform', `translate(${drag.at[0]} ${drag.at[1]})`);
});
document.addEventListener('pointerup', () => {
  const { thing, moved, at } = drag ?? {};
  drag = undefined;
  if (!moved) return;
  thing.dataset.dragged = 'yes';
  const address = new URL(location.href);
  address.searchParams.append('step', `pin ${thing.dataset.iri} ${Math.round(at[0])} ${Math.round(at[1])}`);
  walk(address.pathname + address.search);
});
document.addEventListener('pointercancel', () => {
  drag = undefined;
});

function keepFile(content, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const SHOWN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'paint-order', 'font-size', 'font-weight', 'text-anchor', 'display'];

// The picture with its looks written into it, as it has no style sheet outside this page.
function standalone() {
  const picture = find('#explorer-picture');
  const copy = picture.cloneNode(true);
  const originals = picture.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, number) => {
    const style = getComputedStyle(originals[number]);
    for (const name of SHOWN) element.setAttribute(name, style.getPropertyValue(name));
    for (const { name } of [...element.attributes]) {
      if (/^(data-|href$|role$|tabindex$|aria-expanded$)/.test(name)) element.removeAttribute(name);
    }
  });
  copy.setAttribute('font-family', 'sans-serif');
  const { x, y, width, height } = picture.viewBox.baseVal;
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  Object.entries({ x, y, width, height, fill: getComputedStyle(document.body).backgroundColor })
    .forEach(([name, value]) => ground.setAttribute(name, value));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function outline(element) {
  if (element.tagName === 'path') return new Path2D(element.getAttribute('d'));
  if (element.tagName === 'polygon') return new Path2D(`M${element.getAttribute('points')}Z`);
  const circle = new Path2D();
  circle.arc(0, 0, element.r.baseVal.value, 0, 2 * Math.PI);
  return circle;
}

function drawHead(pen, from, to) {
  const [x, y] = to;
  const angle = Math.atan2(y - from[1], x - from[0]);
  pen.beginPath();
  pen.moveTo(x, y);
  for (const side of [2.65, -2.65]) {
    pen.lineTo(x + 9 * Math.cos(angle + side), y + 9 * Math.sin(angle + side));
  }
  pen.fill();
}

// Drawn stroke by stroke: the page's policy loads no picture, not even one made here.
function keepPng() {
  const picture = find('#explorer-picture');
  const { x, y, width, height } = picture.viewBox.baseVal;
  const sharpness = Math.min(2, 8000 / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = width * sharpness;
  canvas.height = height * sharpness;
  const pen = canvas.getContext('2d');
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  for (const element of picture.querySelectorAll('path, circle, polygon, text')) {
    const style = getComputedStyle(element);
    if (element.closest('defs') || style.display === 'none') continue;
    const group = element.closest('a')?.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
    pen.setTransform(sharpness, 0, 0, sharpness, (group.e - x) * sharpness, (group.f - y) * sharpness);
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.lineJoin = 'round';
    pen.fillStyle = style.fill === 'none' ? 'transparent' : style.fill;
    pen.strokeStyle = style.stroke === 'none' ? 'transparent' : style.stroke;
    pen.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(parseFloat));
    if (element.tagName === 'text') {
      const at = [Number(element.getAttribute('x')), Number(element.getAttribute('y'))];
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      pen.textAlign = style.textAnchor === 'middle' ? 'center' : 'start';
      if (style.stroke !== 'none') pen.strokeText(element.textContent, ...at);
      pen.fillText(element.textContent, ...at);
      continue;
    }
    pen.fill(outline(element));
    pen.stroke(outline(element));
    if (element.matches('.line path')) {
      const [from, to] = element.getAttribute('d').slice(1).split(' ').map((pair) => pair.split(',').map(Number));
      pen.fillStyle = style.stroke;
      if (element.hasAttribute('marker-end')) drawHead(pen, from, to);
      if (element.hasAttribute('marker-start')) drawHead(pen, to, from);
    }
  }
  canvas.toBlob((blob) => keepFile(blob, 'kreislaufstadt-graph.png'), 'image/png');
}

const ACTIONS = {
  'explorer-smaller': () => zoom(0.8),
  'explorer-larger': () => zoom(1.25),
  'explorer-svg': () =>
    keepFile(new Blob([standalone()], { type: 'image/svg+xml' }), 'kreislaufstadt-graph.svg'),
  'explorer-png': keepPng,
  'explorer-save': () => {
    const state = JSON.stringify({ kreislaufstadt: 'explorer', query: location.search }, null, 1);
    keepFile(new Blob([state], { type: 'application/json' }), 'kreislaufstadt-graph.json');
  },
};

document.addEventListener('change', async (event) => {
  if (event.target.id !== 'explorer-load') return;
  try {
    const state = JSON.parse(await event.target.files[0].text());
    if (state.kreislaufstadt !== 'explorer' || !/^\?iri=/.test(state.query)) throw new Error();
    await walk(location.pathname + state.query);
  } catch {
    say(part.dataset.unreadable);
  }
});

wire();
show(find(`#thing-${part.dataset.at}`) ?? things()[0]);
