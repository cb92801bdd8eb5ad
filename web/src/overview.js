// Draw every thing of the graph as a dot; where this fails, the picture of the classes stays open.
import Graph from 'graphology';
import Sigma from 'sigma';

const place = document.querySelector('#overview');
const canvas = document.querySelector('#overview-canvas');
const status = document.querySelector('#overview-status');
const isDark = matchMedia('(prefers-color-scheme: dark)');

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function graphOf({ kinds, things, pairs }) {
  const graph = new Graph({ type: 'undirected' });
  const middles = kinds.map(() => ({ x: 0, y: 0, count: 0 }));
  things.forEach(([x, y, kind, label, iri], number) => {
    graph.addNode(number, { x, y: -y, size: 2.2, label, iri, kind });
    const middle = middles[kind];
    middle.x += x;
    middle.y -= y;
    middle.count += 1;
  });
  for (const [a, b] of pairs) graph.addEdge(a, b, { size: 0.4 });
  // The name of each class stands in its middle: no class is told by its colour alone.
  middles.forEach(({ x, y, count }, kind) => {
    if (count < 5) return;
    graph.addNode(`kind-${kind}`, {
      x: x / count,
      y: y / count,
      size: 1,
      label: `${kinds[kind].label} (${count})`,
      kind,
      forceLabel: count * 60 > things.length,
    });
  });
  return graph;
}

function paint(graph, kinds) {
  const colours = kinds.map(({ look }) => colour(`--look-${look}`));
  graph.forEachNode((node, { kind }) => graph.setNodeAttribute(node, 'color', colours[kind]));
  graph.forEachEdge((edge) => graph.setEdgeAttribute(edge, 'color', colour('--line')));
}

function drawHover(context, node, settings) {
  context.font = `600 ${settings.labelSize + 1}px ${settings.labelFont}`;
  const width = context.measureText(node.label).width;
  context.fillStyle = colour('--ground');
  context.fillRect(node.x + 4, node.y - 12, width + 14, 24);
  context.strokeStyle = colour('--quiet');
  context.strokeRect(node.x + 4, node.y - 12, width + 14, 24);
  context.fillStyle = colour('--ink');
  context.fillText(node.label, node.x + 11, node.y + 5);
}

async function draw() {
  place.hidden = false;
  status.textContent = place.dataset.loading;
  const answer = await fetch(place.dataset.points);
  if (!answer.ok) throw new Error(answer.statusText);
  const data = await answer.json();
  const graph = graphOf(data);
  paint(graph, data.kinds);
  const sigma = new Sigma(graph, canvas, {
    labelColor: { color: colour('--ink') },
    labelSize: 13,
    labelFont: 'system-ui, sans-serif',
    labelRenderedSizeThreshold: 7,
    hideEdgesOnMove: true,
    zIndex: true,
    defaultDrawNodeHover: drawHover,
  });
  const camera = sigma.getCamera();
  const still = { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200 };
  document.querySelector('#overview-larger').onclick = () => camera.animatedZoom(still);
  document.querySelector('#overview-smaller').onclick = () => camera.animatedUnzoom(still);
  document.querySelector('#overview-whole').onclick = () => camera.animatedReset(still);
  sigma.on('clickNode', ({ node }) => {
    const { iri } = graph.getNodeAttributes(node);
    if (iri) location.assign(place.dataset.explorer + encodeURIComponent(iri));
  });
  isDark.addEventListener('change', () => {
    paint(graph, data.kinds);
    sigma.setSetting('labelColor', { color: colour('--ink') });
    sigma.refresh();
  });
  document.querySelector('#overview-classes').open = false;
  status.textContent = place.dataset.ready;
}

if (place) {
  draw().catch(() => {
    canvas.remove();
    status.textContent = place.dataset.failed;
  });
}
