import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {blockText, sectionsOf} from '../../src/components/guide-tokens.js';
import {FAIL_REASONS, SKIP_REASONS, WAIT_REASONS} from '../../src/job/reasons.js';
import {guideTokens} from '../../dev/guide-tokens.mjs';
import {iconPathsSource} from '../../dev/icon-paths.mjs';

const tokens = guideTokens(readFileSync('docs/user-guide.md', 'utf8'));
const text = tokens.map(blockText).join('\n');

describe('the user guide', () => {
  for (const [code, reason] of Object.entries({...WAIT_REASONS, ...FAIL_REASONS, ...SKIP_REASONS})) {
    it(`explains the reason ${code} in the words of the panel`, () => {
      assert.ok(text.includes(reason.sentence()), reason.sentence());
      assert.ok(text.includes(reason.remedy()), reason.remedy());
    });
  }

  it('names every control', () => {
    const names = [
      'Browse...',
      'Start New Job',
      'Restart Previous Job',
      'Pause Job',
      'Cancel Job',
      'Minimize to tray',
      'View Report...',
      'User Guide...',
      'Close',
      'Try a sample stick',
      'Try now',
      'Sign in',
      'Export CSV',
      'Export JSON',
      'Print',
      'Without patient data',
      'Use dates',
      'Date from',
      'Date to',
      'Copy the DICOM files to the image folder of the archive',
      'Import only links of the DICOM files',
    ];
    assert.deepEqual(
      names.filter(name => !text.includes(name)),
      [],
    );
  });

  it('has chapters with unique ids', () => {
    const ids = sectionsOf(tokens).map(section => section.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.includes('what-the-states-mean'));
  });
});

describe('the tokens of the guide', () => {
  it('hold no markup: HTML in the Markdown is refused', () => {
    assert.throws(() => guideTokens('<b>bold</b>\n'), /cannot show/);
  });

  it('keep special characters as they are', () => {
    assert.equal(guideTokens('# a < b & "c"\n').map(blockText).join(''), 'a < b & "c"');
  });

  it('are plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(tokens)), tokens);
  });
});

describe('the icons', () => {
  it('are those of the installed codicons', () => {
    assert.equal(
      readFileSync('src/components/icon-paths.ts', 'utf8'),
      iconPathsSource('node_modules/@vscode/codicons/src/icons'),
    );
  });
});
