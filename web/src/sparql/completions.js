// Suggest what can stand at the cursor: classes after `a`, properties of the classes named before
// others, prefixes, variables and the words of SPARQL. What there is comes from our own server.
const KEYWORDS = ['SELECT', 'DISTINCT', 'WHERE', 'FILTER', 'OPTIONAL', 'UNION', 'MINUS', 'BIND', 'VALUES', 'GRAPH', 'GROUP BY', 'HAVING', 'ORDER BY', 'LIMIT', 'OFFSET', 'PREFIX', 'CONSTRUCT', 'DESCRIBE', 'ASK', 'COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'LANG', 'STR', 'REGEX', 'CONTAINS', 'EXISTS', 'NOT EXISTS', 'COALESCE', 'IF'];
const MOST = 100;

export function completions(address, words) {
  let asked = null;
  const terms = () => {
    asked ??= fetch(address)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    return asked;
  };
  return async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const typed = before.match(/[?$][\w]*$|[\p{L}\w-]*:?[\w-]*$/u)[0];
    if (!typed && !context.explicit) return null;
    const found = { from: context.pos - typed.length, filter: false };
    if (/^[?$]/.test(typed)) return { ...found, options: variables(context, typed) };
    const known = await terms();
    if (!known) return { ...found, options: keywords(typed) };
    if (/\bPREFIX\s+[\w-]*:?$/i.test(before)) {
      return { ...found, options: prefixes(known, typed) };
    }
    const text = context.state.doc.toString();
    const isClass = /(?:^|[\s;])(?:a|rdf:type)\s+[\p{L}\w-]*:?[\w-]*$/u.test(before);
    const named = isClass ? classes(known, words) : properties(known, words, text);
    const options = [...matching(named, typed, known, text)];
    return { ...found, options: isClass ? options : [...options, ...keywords(typed)] };
  };
}

function* matching(named, typed, known, text) {
  const wanted = typed.toLowerCase();
  const rank = ({ name, label }) => {
    const plain = label.toLowerCase();
    if (!wanted || name.toLowerCase().startsWith(wanted) || plain.startsWith(wanted)) return 0;
    return name.toLowerCase().includes(wanted) || plain.includes(wanted) ? 1 : 2;
  };
  const ranked = named.map((term) => ({ ...term, rank: rank(term) })).filter((term) => term.rank < 2);
  ranked.sort((one, other) => one.rank - other.rank || other.boost - one.boost || other.count - one.count);
  for (const { name, label, count, kind } of ranked.slice(0, MOST)) {
    yield { label: name, detail: `${label} · ${kind} (${count})`, apply: applied(name, known, text) };
  }
}

// Put the name in, and the declaration of its prefix on top where the query lacks it.
function applied(name, known, text) {
  const prefix = name.startsWith('<') ? '' : name.slice(0, name.indexOf(':'));
  const isDeclared = !prefix || new RegExp(`PREFIX\\s+${prefix}:`, 'i').test(text);
  if (isDeclared) return name;
  const declaration = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
  return (view, _, from, to) => {
    view.dispatch({
      changes: [{ from: 0, insert: declaration }, { from, to, insert: name }],
      selection: { anchor: from + declaration.length + name.length },
    });
  };
}

function classes(known, words) {
  return known.classes.map(([name, label, count]) => ({ name, label, count, boost: 0, kind: words.class }));
}

function properties(known, words, text) {
  const fitting = new Set();
  for (const [name, , , used] of known.classes) {
    if (text.includes(name)) for (const place of used) fitting.add(place);
  }
  return known.properties.map(([name, label, count], place) => ({
    name, label, count, boost: fitting.has(place) ? 1 : 0, kind: words.property,
  }));
}

function prefixes(known, typed) {
  const wanted = typed.replace(':', '').toLowerCase();
  return Object.entries(known.prefixes)
    .filter(([prefix]) => prefix.startsWith(wanted))
    .map(([prefix, base]) => ({ label: `${prefix}:`, detail: base, apply: `${prefix}: <${base}>\n` }));
}

function variables(context, typed) {
  const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
  names.delete(typed);
  return [...names].filter((name) => name.startsWith(typed)).sort().map((label) => ({ label }));
}

function keywords(typed) {
  const wanted = typed.toUpperCase();
  return KEYWORDS.filter((word) => wanted && word.startsWith(wanted)).map((label) => ({ label }));
}
