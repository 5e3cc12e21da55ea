import {expect} from '@open-wc/testing';
import {failureDetail, failureMeaning} from '../../src/destination/failure-reasons.js';

describe('a Failure Reason', () => {
  const TABLE = [
    [0xa700, 'archive-full'],
    [0xa7ff, 'archive-full'],
    [0xa770, 'policy-refused'],
    [0xa777, 'policy-refused'],
    [0xa77b, 'policy-refused'],
    [0xa77c, 'archive-full'],
    [0xa900, 'data-set-mismatch'],
    [43264, 'data-set-mismatch'],
    [43265, 'identifier-conflict'],
    [0xa9ff, 'data-set-mismatch'],
    [0xc000, 'not-understood'],
    [0xc122, 'transfer-syntax-refused'],
    [50185, 'identifier-conflict'],
    [50329, 'not-understood'],
    [0x0110, 'processing-failure'],
    [0x0111, 'already-there'],
    [0x0117, 'identifier-conflict'],
    [0x0122, 'sop-class-refused'],
    [0x0124, 'forbidden'],
    [45070, 'already-there'],
    [45071, 'busy'],
    [0, 'processing-failure'],
    [null, 'processing-failure'],
    [65535, 'processing-failure'],
  ] as const;
  for (const [code, meaning] of TABLE) {
    it(`${failureDetail(code)} means ${meaning}`, () => {
      const found = failureMeaning(code);
      expect(found.kind === 'already-there' ? found.kind : found.reason).to.equal(meaning);
    });
  }

  it('is written as the standard writes it', () => {
    expect(failureDetail(0xc122)).to.equal('FailureReason C122');
    expect(failureDetail(0x0110)).to.equal('FailureReason 0110');
    expect(failureDetail(null)).to.equal('no FailureReason');
  });
});
