/**
 * The layers of `src/`, top to bottom. A file may import from its own folder and from folders below it, never from
 * one above; so the folders cannot form a circle. `docs/architecture.md` draws them.
 */
import path from 'node:path';

export const LAYERS = [
  ['extension', 'standalone'],
  ['panel'],
  ['components'],
  ['controller'],
  ['worker'],
  ['source', 'destination', 'store'],
  ['job'],
  ['dicom'],
  ['console'],
];

const rankOf = room => LAYERS.findIndex(layer => layer.includes(room));

function roomOf(file, root) {
  const relative = path.relative(path.join(root, 'src'), file);
  if (relative.startsWith('..')) return null;
  return relative.split(path.sep)[0].replace(/\.(ts|js)$/, '');
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      up: '{{from}}/ may not import {{to}}/: arrows between layers go down only.',
      unknown: '{{room}}/ is in no layer: name it in dev/lint/layers.mjs.',
      outside: 'src/ may not import from outside of src/.',
    },
  },
  create(context) {
    const from = roomOf(context.filename, context.cwd);
    if (from === null) return {};
    const check = node => {
      const target = node.source?.value;
      if (typeof target !== 'string' || !target.startsWith('.')) return;
      const to = roomOf(path.resolve(path.dirname(context.filename), target), context.cwd);
      if (to === null) return context.report({node, messageId: 'outside'});
      if (rankOf(from) < 0) return context.report({node, messageId: 'unknown', data: {room: from}});
      if (rankOf(to) < 0) return context.report({node, messageId: 'unknown', data: {room: to}});
      const allowed = from === to || rankOf(from) < rankOf(to);
      if (!allowed) context.report({node, messageId: 'up', data: {from, to}});
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default {rules: {layers: layersRule}};
