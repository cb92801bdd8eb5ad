// Make the editor: its keys, its words, its colours (those of the tokens stand in sparql.css).
import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { history, historyKeymap, indentWithTab, standardKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { sparql } from 'codemirror-lang-sparql';

import { completions } from './completions.js';

const colours = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--ground)', border: '1px solid var(--quiet)', borderRadius: '.3rem', fontSize: '.92em' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "DejaVu Sans Mono", Consolas, monospace', lineHeight: '1.55', maxHeight: '65vh', overflow: 'auto' },
  '.cm-content': { minHeight: '14.5em', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--active-line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--selection)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--quiet)' },
  '.cm-tooltip': { backgroundColor: 'var(--ground)', color: 'var(--ink)', border: '1px solid var(--quiet)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxWidth: 'min(36rem, 88vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '.25rem .5rem', minHeight: '24px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-mistake': { textDecoration: 'underline wavy var(--warn) 2px' },
});

const underlined = Decoration.mark({ class: 'cm-mistake' });
const setMistake = StateEffect.define();
// What is wrong, underlined until the query is changed there or asked again.
const mistake = StateField.define({
  create: () => Decoration.none,
  update(marks, { changes, effects }) {
    const set = effects.find((effect) => effect.is(setMistake));
    return set ? set.value : marks.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function editor(field, { form, words }) {
  const submit = (view) => {
    closeCompletion(view);
    form.requestSubmit();
    return true;
  };
  // Esc and Tab leave the field, with suggestions open, too: Esc then goes on to the editor.
  const close = (view) => closeCompletion(view) && false;
  const view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        EditorView.cspNonce.of(form.dataset.nonce),
        EditorState.phrases.of(words),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: submit }, { key: 'Escape', run: close }])),
        keymap.of([...completionKeymap, ...historyKeymap, ...standardKeymap, indentWithTab]),
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        sparql(),
        mistake,
        syntaxHighlighting(classHighlighter),
        autocompletion({ override: [completions(form.dataset.terms, words)], icons: false }),
        colours,
        EditorView.contentAttributes.of({
          'aria-labelledby': 'query-label',
          'aria-describedby': 'editor-help',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  field.before(view.dom);
  return view;
}

export function fill(view, text) {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: 0 },
    scrollIntoView: true,
  });
}

// Underline what stands at the place, or the last sign of the line, and put the cursor there.
export function markPlace(view, { line, column }) {
  const { doc } = view.state;
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const at = Math.min(found.from + column - 1, found.to);
  const word = doc.sliceString(at, found.to).match(/^\S+/)?.[0] ?? '';
  const from = word ? at : Math.max(found.from, at - 1);
  const to = at + word.length;
  const marks = from < to ? Decoration.set([underlined.range(from, to)]) : Decoration.none;
  view.dispatch({ selection: { anchor: at }, effects: setMistake.of(marks), scrollIntoView: true });
}

export function removeMarks(view) {
  view.dispatch({ effects: setMistake.of(Decoration.none) });
}
