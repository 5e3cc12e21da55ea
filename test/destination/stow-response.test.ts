import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {readStoreAnswer} from '../../src/destination/dicomweb-destination.js';
import type {HttpAnswer} from '../../src/destination/http-exchange.js';
import {judge, parseStoreResponse} from '../../src/destination/stow-response.js';
import type {Verdict} from '../../src/job/ports/destination.js';
import {part10Parcel} from './part10-file.js';

const UIDS = ['1.2.3', '1.2.4', '1.2.5'];
const PARCELS = UIDS.map(sop => part10Parcel({sop}));

const item = (uid: unknown, code?: unknown) => ({
  '00081155': {vr: 'UI', Value: [uid]},
  ...(code === undefined ? {} : {'00081197': {vr: 'US', Value: [code]}}),
});

function kinds(body: unknown, parcels = PARCELS): string[] {
  const response = parseStoreResponse(typeof body === 'string' ? body : JSON.stringify(body));
  if (response === null) throw new Error('no store response');
  return judge(response, parcels, 'HTTP 200').verdicts.map((v: Verdict) =>
    v.kind === 'refused' ? v.reason : v.kind,
  );
}

const answer = (status: number, text: string, contentType = ''): HttpAnswer => ({
  kind: 'answer',
  status,
  contentType,
  retryAfter: null,
  redirected: false,
  bytesLeft: true,
  text,
});

describe('a store response', () => {
  it('names what is stored and what is refused; the rest is unnamed', () => {
    const body = {
      '00081199': {vr: 'SQ', Value: [item('1.2.4')]},
      '00081198': {vr: 'SQ', Value: [item('1.2.3', 0xa900)]},
    };
    expect(kinds(body)).to.deep.equal(['data-set-mismatch', 'stored', 'unnamed']);
  });

  it('may lack a sequence, or have it empty, or without Value', () => {
    for (const failed of [undefined, {vr: 'SQ'}, {vr: 'SQ', Value: []}, {vr: 'SQ', Value: null}]) {
      const body = {'00081199': {vr: 'SQ', Value: UIDS.map(uid => item(uid))}, '00081198': failed};
      expect(kinds(body)).to.deep.equal(['stored', 'stored', 'stored']);
    }
    expect(kinds({'00081190': {vr: 'UR'}})).to.deep.equal(['unnamed', 'unnamed', 'unnamed']);
  });

  it('may pad UIDs, write codes as strings and tags in lower case, and stand in a list', () => {
    const body = [
      {'0008119a': {vr: 'SQ'}, '00081199': {vr: 'SQ', Value: [item('1.2.3\0'), item(' 1.2.4 ')]}},
      {'00081198': {vr: 'SQ', Value: [item('1.2.5', '290')]}},
    ];
    expect(kinds(body)).to.deep.equal(['stored', 'stored', 'sop-class-refused']);
  });

  it('warns of a coerced instance and has stored it', () => {
    const warned = {...item('1.2.3'), '00081196': {vr: 'US', Value: [0xb000]}};
    expect(kinds({'00081199': {vr: 'SQ', Value: [warned]}})[0]).to.equal('stored');
  });

  it('does not count a UID that only resembles one', () => {
    const others = ['1.2.33', '1.2', '01.2.3', 123, null, {}, ['1.2.3']].map(uid => item(uid));
    expect(kinds({'00081199': {vr: 'SQ', Value: others}})).to.deep.equal(['unnamed', 'unnamed', 'unnamed']);
  });

  it('is in doubt about what it names as stored and as failed', () => {
    const body = {
      '00081199': {vr: 'SQ', Value: [item('1.2.3'), item('1.2.4')]},
      '00081198': {vr: 'SQ', Value: [item('1.2.3', 0x0110), item('1.2.4', 45070)]},
    };
    expect(kinds(body)).to.deep.equal(['unnamed', 'stored', 'unnamed']);
  });

  it('keeps one of two parcels with one UID, and has the other already', () => {
    const twins = [part10Parcel({sop: '1.2.3'}), part10Parcel({sop: '1.2.3'})];
    const stored = {'00081199': {vr: 'SQ', Value: [item('1.2.3')]}};
    const already = {'00081198': {vr: 'SQ', Value: [item('1.2.3', 45070)]}};
    expect(kinds({...stored, ...already}, twins)).to.deep.equal(['stored', 'already-there']);
    expect(kinds(stored, twins)).to.deep.equal(['stored', 'stored']);
    expect(kinds({'00081198': {Value: [item('1.2.3', 0xc122), item('1.2.3', 0x0122)]}}, twins)).to.deep.equal(
      ['transfer-syntax-refused', 'sop-class-refused'],
    );
  });

  it('gives a failure without a UID to the only parcel of a request, and to none of several', () => {
    const body = {'0008119A': {vr: 'SQ', Value: [{'00081197': {vr: 'US', Value: [0xc000]}}]}};
    expect(kinds(body, [part10Parcel({sop: '1.2.3'})])).to.deep.equal(['not-understood']);
    expect(kinds(body)).to.deep.equal(['unnamed', 'unnamed', 'unnamed']);
  });

  it('stops the job for an archive without space or rights, and for an instance that is just being made', () => {
    for (const [code, reason] of [
      [0xa700, 'archive-full'],
      [0x0124, 'forbidden'],
      [45071, 'busy'],
    ] as const) {
      const text = JSON.stringify({
        '00081199': {Value: [item('1.2.3')]},
        '00081198': {Value: [item('1.2.4', code)]},
      });
      const result = readStoreAnswer(answer(202, text), PARCELS);
      expect(result).to.have.nested.property('fault.reason', reason);
      expect(result).to.have.nested.property('verdicts[0].kind', 'stored');
      expect(result).to.have.nested.property('verdicts[1].kind', 'unnamed');
    }
  });

  it('counts by its content under 400, 409, 500 and without a content type', () => {
    const text = JSON.stringify({'00081199': {Value: [item('1.2.3')]}});
    for (const status of [200, 202, 400, 409, 500]) {
      const result = readStoreAnswer(answer(status, text), PARCELS);
      expect(result, String(status)).to.have.nested.property('verdicts[0].kind', 'stored');
      expect(result, String(status)).to.have.property('fault', null);
    }
  });

  it('keeps the good parts of a busy or full archive, and stops for the rest', () => {
    const text = JSON.stringify({'00081199': {Value: [item('1.2.3')]}});
    for (const [status, reason] of [
      [503, 'busy'],
      [507, 'archive-full'],
    ] as const) {
      const result = readStoreAnswer(answer(status, text), PARCELS);
      expect(result).to.have.nested.property('verdicts[0].kind', 'stored');
      expect(result).to.have.nested.property('fault.reason', reason);
    }
  });

  it('takes a page that it was sent on to for a sign-in', () => {
    const page = {...answer(200, '<!DOCTYPE html>', 'text/html;charset=utf-8'), redirected: true};
    expect(readStoreAnswer(page, PARCELS)).to.have.nested.property('fault.reason', 'sign-in');
  });

  it('is in doubt about a 404 of Orthanc that speaks of a file', () => {
    const about = (error: string) => answer(404, JSON.stringify({OrthancError: error, HttpStatus: 404}));
    expect(readStoreAnswer(about('Inexistent tag'), PARCELS).kind).to.equal('answered');
    expect(readStoreAnswer(about('Unknown resource'), PARCELS).kind).to.equal('fault');
  });
});

describe('any answer to a store request', () => {
  const uid = fc.constantFrom<unknown>(...UIDS, '1.2.3\0', '', 5, null, {}, []);
  const code = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.double(), fc.constant('45070'));
  const items = fc.array(
    fc.oneof(
      fc.record({u: uid, c: code}).map(({u, c}) => item(u, c)),
      fc.jsonValue(),
    ),
  );
  const sequence = fc.oneof(
    items.map(Value => ({vr: 'SQ', Value})),
    fc.jsonValue(),
    fc.constant(undefined),
  );
  const dataSet = fc.record({'00081199': sequence, '00081198': sequence, '0008119A': sequence});
  const text = fc.oneof(
    dataSet.map(d => JSON.stringify(d)),
    fc.array(dataSet).map(d => JSON.stringify(d)),
    fc.json(),
    fc.string(),
    fc.string().map(s => `<NativeDicomModel>${s}</NativeDicomModel>`),
  );
  const status = fc.oneof(fc.constantFrom(200, 202, 400, 409, 500), fc.integer({min: 100, max: 599}));

  it('never throws, and always has one verdict a parcel', () => {
    fc.assert(
      fc.property(text, status, fc.subarray(PARCELS), (body, code, parcels) => {
        const result = readStoreAnswer(answer(code, body), parcels);
        if (result.kind === 'answered') expect(result.verdicts).to.have.length(parcels.length);
      }),
      {numRuns: 2000},
    );
  });

  it('calls nothing stored whose UID is not among what the archive says it stored', () => {
    fc.assert(
      fc.property(dataSet, status, (body, code) => {
        const result = readStoreAnswer(answer(code, JSON.stringify(body)), PARCELS);
        if (result.kind !== 'answered') return;
        const named = JSON.stringify(body['00081199'] ?? null);
        for (const [i, verdict] of result.verdicts.entries()) {
          if (verdict.kind === 'stored') expect(named).to.contain(UIDS[i]);
        }
      }),
      {numRuns: 1000},
    );
  });
});
