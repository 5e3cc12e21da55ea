import assert from 'node:assert/strict';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {after, before, describe, it} from 'node:test';
import {createRandom} from '../../../fixtures/seeded-random.js';
import {buildServer, startProcess, type ArchiveProcess} from './archive-process.js';
import {seriesOf} from './sample-file.js';
import {first, qido, stow} from './stow-body.js';

const FILES = 30;
const ROUNDS = 5;

const made = new Map<number, Buffer[]>();
/** The files of a study, made once. */
function filesOf(study: number): Buffer[] {
  const files = made.get(study) ?? seriesOf(study, FILES);
  made.set(study, files);
  return files;
}

describe("the archive's process", () => {
  let server = '';
  const folder = mkdtempSync(path.join(tmpdir(), 'archive-process-'));
  const data = path.join(folder, 'data');
  let running: ArchiveProcess | null = null;
  const start = async (...args: string[]) => {
    running = await startProcess(server, ['--port', '0', '--data', data, ...args]);
    return running;
  };
  before(async () => {
    server = await buildServer(`serve-${process.pid}`);
  });
  after(async () => {
    if (running?.child.exitCode === null && running.child.signalCode === null) await running.end('SIGKILL');
    rmSync(folder, {recursive: true, force: true});
    rmSync(path.dirname(path.dirname(server)), {recursive: true, force: true});
  });

  /** Each instance in the index has its whole file, and each file stands in the index. */
  async function isConsistent(url: string) {
    const rows = await qido(url, 'instances?includefield=all');
    const indexed = rows.map(
      row =>
        `${String(first(row, '0020000D'))}/${String(first(row, '0020000E'))}/${String(first(row, '00080018'))}.dcm`,
    );
    const onDisk = readdirSync(path.join(data, 'images'), {recursive: true})
      .map(String)
      .filter(name => name.endsWith('.dcm'));
    assert.deepEqual(indexed.sort(), onDisk.sort());
    for (const name of onDisk) {
      const [, study, , i] = /^1\.(\d+)\/(.*)\/1\.\d+\.1\.(\d+)\.dcm$/.exec(name) ?? [];
      const wanted = filesOf(Number(study))[Number(i) - 1];
      assert.deepEqual(readFileSync(path.join(data, 'images', name)), wanted, name);
    }
    assert.deepEqual(readdirSync(path.join(data, 'incoming')), []);
    return new Set(rows.map(row => String(first(row, '00080018'))));
  }

  it('loses nothing that it called stored, and keeps no half file, however often it is killed', async () => {
    const random = createRandom(7);
    const promised = new Set<string>();
    let url = (await start()).url;
    for (let round = 0; round < ROUNDS; round++) {
      const sends = [0, 1, 2, 3].map(async k => {
        try {
          const answer = await stow(url, filesOf(10 + round * 4 + k));
          for (const sop of answer.stored) promised.add(sop);
        } catch (error) {
          // The connection broke: nothing was promised.
          assert.ok(error instanceof TypeError || error instanceof SyntaxError);
        }
      });
      await delay(10 + random.below(150));
      await running?.end('SIGKILL');
      await Promise.all(sends);
      url = (await start()).url;
      const held = await isConsistent(url);
      for (const sop of promised) assert.ok(held.has(sop), `${sop} was called stored`);
    }
    const answer = await stow(url, filesOf(10));
    assert.equal(answer.stored.length, FILES, 'what was lost on the way is simply sent again');
  });

  it('ends cleanly when it is told to, and says nothing more', async () => {
    assert.equal(await running?.end('SIGTERM'), 0);
    assert.ok(!existsSync(path.join(data, 'archive.lock')));
    assert.equal(running?.output().trim().split('\n').length, 1);
  });

  it('indexes what is in place but was not yet indexed, and clears what never got there', async () => {
    const series = path.join(data, 'images/1.900/1.900.1');
    mkdirSync(series, {recursive: true});
    const [whole = Buffer.alloc(0), half = Buffer.alloc(0)] = seriesOf(900, 2);
    writeFileSync(path.join(series, '1.900.1.1.dcm'), whole);
    writeFileSync(path.join(data, 'incoming/a.part'), half.subarray(0, 100));
    writeFileSync(
      path.join(data, 'incoming/b.pending'),
      '1.900/1.900.1/1.900.1.1.dcm\n1.900/1.900.1/1.900.1.2.dcm\n../../../etc/passwd\n',
    );
    const {url} = await start();
    const found = await qido(url, 'studies/1.900/instances');
    assert.deepEqual(
      found.map(json => first(json, '00080018')),
      ['1.900.1.1'],
    );
    assert.deepEqual(readdirSync(path.join(data, 'incoming')), []);
  });

  it('makes its index anew where that was lost', async () => {
    const before = await qido(running?.url ?? '', 'instances');
    await running?.end('SIGKILL');
    for (const name of readdirSync(data).filter(n => n.startsWith('index.sqlite'))) {
      rmSync(path.join(data, name), {recursive: true});
    }
    const {url} = await start();
    assert.equal((await qido(url, 'instances')).length, before.length);
  });

  it('goes on counting where its log ended, also after half a line', async () => {
    await running?.end('SIGKILL');
    const log = path.join(data, 'requests.ndjson');
    const lines = readFileSync(log, 'utf8').trim().split('\n').length;
    writeFileSync(log, '{"n":99999,"batch":5', {flag: 'a'});
    const {url} = await start();
    await stow(url, seriesOf(901, 1));
    const answer = await fetch(`${url}archive/log`);
    const {total, entries} = (await answer.json()) as {total: number; entries: {n: number; sop: string}[]};
    assert.equal(total, lines + 1);
    assert.ok((entries.at(-1)?.n ?? 0) >= lines);
    assert.equal(entries.at(-1)?.sop, '1.901.1.1');
  });

  it('lets no second process into its folder', async () => {
    await assert.rejects(startProcess(server, ['--port', '0', '--data', data]), (error: unknown) => {
      assert.match(String(error), /ended with 2: The data folder .* is in use by process \d+\.\n$/);
      return true;
    });
  });

  it('says in one line that its port is in use', async () => {
    const port = new URL(running?.url ?? '').port;
    await assert.rejects(
      startProcess(server, ['--data', path.join(folder, 'other')], {PORT: port}),
      (error: unknown) => {
        assert.match(String(error), /ended with 2: Port \d+ is in use: choose another one with PORT=n\.\n$/);
        return true;
      },
    );
  });
});
