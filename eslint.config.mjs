import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';
import layers from './dev/lint/layers.mjs';

const BROWSER_ONLY = [
  'window',
  'document',
  'navigator',
  'fetch',
  'XMLHttpRequest',
  'indexedDB',
  'localStorage',
  'self',
];

export default tseslint.config(
  {ignores: ['dist/', 'out/', 'node_modules/', '.archive/', '.sample-stick/']},
  ...tseslint.configs.strictTypeChecked.map(c => ({...c, files: ['**/*.ts']})),
  {
    files: ['**/*.ts'],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    plugins: {layers, lit, wc, 'lit-a11y': litA11y},
    rules: {
      ...lit.configs['flat/recommended'].rules,
      ...wc.configs['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
      'layers/layers': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      'no-console': 'error',
    },
  },
  {
    // The engine and the reader of headers run anywhere: they know neither page, nor network, nor database.
    files: ['src/job/**/*.ts', 'src/dicom/**/*.ts'],
    rules: {'no-restricted-globals': ['error', ...BROWSER_ONLY]},
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      // `equal` is typed as a promise for the comparison of DOM trees alone; node:test waits for its tests by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {from: 'package', package: 'chai', name: 'Equal'},
            {from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite']},
          ],
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['dev/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'fixtures/**/*.ts'],
    rules: {'no-console': 'off'},
  },
);
