// Bundle the scripts of the pages into the folder given, with a manifest and the licences of what
// is in them. A bundle over its budget (bytes after gzip) ends the build.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGETS = {
  check: 4_000,
  explorer: 10_000,
  overview: 45_000,
  review: 4_000,
  sparql: 135_000,
};

const out = process.argv[2];
if (!out) throw new Error('usage: node build.mjs FOLDER');
mkdirSync(out, { recursive: true });
const entryPoints = Object.keys(BUDGETS)
  .map((name) => `src/${name}.js`)
  .filter((path) => existsSync(path));
const { metafile } = await build({
  entryPoints,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'firefox115', 'safari16'],
  outdir: out,
  entryNames: '[name]-[hash]',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (!entryPoint) continue;
  const name = basename(entryPoint, '.js');
  const gzip = gzipSync(readFileSync(file)).length;
  manifest[name] = { file: basename(file), gzip, budget: BUDGETS[name] };
  if (gzip > BUDGETS[name]) {
    throw new Error(`${name}: ${gzip} bytes after gzip, the budget is ${BUDGETS[name]}`);
  }
}
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);

const folders = new Set(
  Object.keys(metafile.inputs)
    .map((path) => path.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
    .filter(Boolean),
);
const notices = ['Third-party software in the scripts of the pages', ''];
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json')));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!license) throw new Error(`${name} ${version} states no licence`);
  const words = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`;
  notices.push(`==== ${name} ${version} (${license})`, '', words, '');
}
writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), notices.join('\n'));
