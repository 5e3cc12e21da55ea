import {existsSync, rmSync} from 'node:fs';
import sqlite from 'node-sqlite3-wasm';
import type {AttributeValues, Level} from './attributes.js';
import {columnsOf, SCHEMA} from './index-schema.js';

export type SqlValue = number | bigint | string | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** What the index is told of an instance whose file is in place. */
export interface NewInstance {
  readonly values: AttributeValues;
  readonly transferSyntaxUid: string;
  /** Below the image folder, or absolute where the file is only linked. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Milliseconds; null where the file is the archive's own. */
  readonly mtime: number | null;
}

export interface StoredInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly mtime: number | null;
}

export interface Totals {
  readonly patients: number;
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
  readonly bytes: number;
}

const INSTANCE_COLUMNS =
  'SOPClassUID, SOPInstanceUID, StudyInstanceUID, SeriesInstanceUID, transferSyntaxUid, path, size, sha256, mtime';

const text = (value: SqlValue | undefined) => (typeof value === 'string' ? value : '');
const number = (value: SqlValue | undefined) => Number(value ?? 0);

const toInstance = (row: SqlRow): StoredInstance => ({
  sopClassUid: text(row['SOPClassUID']),
  sopInstanceUid: text(row['SOPInstanceUID']),
  studyInstanceUid: text(row['StudyInstanceUID']),
  seriesInstanceUid: text(row['SeriesInstanceUID']),
  transferSyntaxUid: text(row['transferSyntaxUid']),
  path: text(row['path']),
  size: number(row['size']),
  sha256: text(row['sha256']),
  mtime: row['mtime'] === null ? null : number(row['mtime']),
});

function insertSql(table: string, columns: readonly string[], onConflict: string): string {
  const marks = columns.map(() => '?').join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) ${onConflict}`;
}

const valuesFor = (level: Level, values: AttributeValues) => columnsOf(level).map(k => values[k] ?? null);

/**
 * What the archive holds, in SQLite. One process has the database to itself (see `process-lock.ts`), which lets it
 * write ahead without shared memory; a commit is on the disk when it returns.
 */
export class ArchiveIndex {
  private readonly db: InstanceType<typeof sqlite.Database>;
  private readonly statements = new Map<
    string,
    ReturnType<InstanceType<typeof sqlite.Database>['prepare']>
  >();
  /** Whether there was no database before. */
  readonly isNew: boolean;
  /** Bytes of the files that the archive keeps itself. */
  ownBytes: number;

  constructor(file: string) {
    this.isNew = !existsSync(file);
    // The library locks by a directory, which a killed process leaves behind. The folder is ours alone by now.
    rmSync(`${file}.lock`, {recursive: true, force: true});
    this.db = new sqlite.Database(file);
    this.db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    this.db.exec(SCHEMA);
    this.db.function('fold', value => (typeof value === 'string' ? foldCase(value) : null), {
      deterministic: true,
    });
    this.ownBytes = this.sumOwnBytes();
  }

  private sumOwnBytes(): number {
    return number(
      this.all('SELECT COALESCE(SUM(size), 0) AS n FROM instances WHERE mtime IS NULL')[0]?.['n'],
    );
  }

  close(): void {
    for (const statement of this.statements.values()) statement.finalize();
    this.statements.clear();
    this.db.close();
  }

  all(sql: string, values: readonly SqlValue[] = []): SqlRow[] {
    return this.db.all(sql, [...values]) as SqlRow[];
  }

  /** All or nothing. An instance that is known already is replaced. */
  add(instances: readonly NewInstance[], received: number): void {
    if (instances.length === 0) return;
    this.db.exec('BEGIN IMMEDIATE');
    try {
      for (const instance of instances) this.addOne(instance, received);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.ownBytes = this.sumOwnBytes();
      throw error;
    }
  }

  private addOne({values, ...file}: NewInstance, received: number): void {
    const sop = values['SOPInstanceUID'] ?? '';
    const study = values['StudyInstanceUID'] ?? '';
    const seriesUid = values['SeriesInstanceUID'] ?? '';
    const known = this.find(sop);
    if (known) this.remove(known);
    if (file.mtime === null) this.ownBytes += file.size;
    const {lastInsertRowid: receipt} = this.prepared(
      insertSql(
        'instances',
        ['StudyInstanceUID', 'SeriesInstanceUID', ...columnsOf('instance'), ...FILE_COLUMNS],
        '',
      ),
    ).run([
      study,
      seriesUid,
      ...valuesFor('instance', values),
      file.transferSyntaxUid,
      file.path,
      file.size,
      file.sha256,
      file.mtime,
    ]);
    const {changes: newSeries} = this.prepared(
      insertSql(
        'series',
        ['StudyInstanceUID', ...columnsOf('series'), 'receipt', 'instanceCount'],
        'ON CONFLICT DO NOTHING',
      ),
    ).run([study, ...valuesFor('series', values), receipt, 0]);
    this.prepared(
      'UPDATE series SET instanceCount = instanceCount + 1, receipt = ? WHERE StudyInstanceUID = ? AND SeriesInstanceUID = ?',
    ).run([receipt, study, seriesUid]);
    this.prepared(
      insertSql(
        'studies',
        [...columnsOf('study'), 'received', 'receipt', 'seriesCount', 'instanceCount', 'bytes'],
        'ON CONFLICT DO NOTHING',
      ),
    ).run([...valuesFor('study', values), received, receipt, 0, 0, 0]);
    this.prepared(
      'UPDATE studies SET seriesCount = seriesCount + ?, instanceCount = instanceCount + 1, bytes = bytes + ?, received = ?, receipt = ? WHERE StudyInstanceUID = ?',
    ).run([newSeries, file.size, received, receipt, study]);
  }

  private remove(instance: StoredInstance): void {
    const {sopInstanceUid, studyInstanceUid, seriesInstanceUid, size} = instance;
    if (instance.mtime === null) this.ownBytes -= size;
    this.prepared('DELETE FROM instances WHERE SOPInstanceUID = ?').run([sopInstanceUid]);
    this.prepared(
      'UPDATE series SET instanceCount = instanceCount - 1 WHERE StudyInstanceUID = ? AND SeriesInstanceUID = ?',
    ).run([studyInstanceUid, seriesInstanceUid]);
    this.prepared(
      'UPDATE studies SET instanceCount = instanceCount - 1, bytes = bytes - ? WHERE StudyInstanceUID = ?',
    ).run([size, studyInstanceUid]);
    const gone = this.prepared(
      'DELETE FROM series WHERE instanceCount = 0 AND StudyInstanceUID = ? AND SeriesInstanceUID = ?',
    ).run([studyInstanceUid, seriesInstanceUid]).changes;
    this.prepared('UPDATE studies SET seriesCount = seriesCount - ? WHERE StudyInstanceUID = ?').run([
      gone,
      studyInstanceUid,
    ]);
    this.prepared('DELETE FROM studies WHERE instanceCount = 0 AND StudyInstanceUID = ?').run([
      studyInstanceUid,
    ]);
  }

  find(sopInstanceUid: string): StoredInstance | null {
    const row = this.prepared(`SELECT ${INSTANCE_COLUMNS} FROM instances WHERE SOPInstanceUID = ?`).get([
      sopInstanceUid,
    ]);
    return row ? toInstance(row as SqlRow) : null;
  }

  /** The instances of a study, of a series, or one of them, in the order of receipt. */
  under(studyUid: string, seriesUid?: string, sopUid?: string): StoredInstance[] {
    const conditions = ['StudyInstanceUID = ?'];
    const values = [studyUid];
    if (seriesUid !== undefined) {
      conditions.push('SeriesInstanceUID = ?');
      values.push(seriesUid);
    }
    if (sopUid !== undefined) {
      conditions.push('SOPInstanceUID = ?');
      values.push(sopUid);
    }
    const sql = `SELECT ${INSTANCE_COLUMNS} FROM instances WHERE ${conditions.join(' AND ')} ORDER BY receipt`;
    return this.all(sql, values).map(toInstance);
  }

  linkedAfter(
    receipt: number,
    limit: number,
  ): {readonly receipt: number; readonly instance: StoredInstance}[] {
    const sql = `SELECT receipt, ${INSTANCE_COLUMNS} FROM instances WHERE mtime IS NOT NULL AND receipt > ? ORDER BY receipt LIMIT ?`;
    return this.all(sql, [receipt, limit]).map(row => ({
      receipt: number(row['receipt']),
      instance: toInstance(row),
    }));
  }

  totals(): Totals {
    const [row = {}] = this.all(
      `SELECT COUNT(DISTINCT COALESCE(PatientID, '')) AS patients, COUNT(*) AS studies,
        COALESCE(SUM(seriesCount), 0) AS series, COALESCE(SUM(instanceCount), 0) AS instances,
        COALESCE(SUM(bytes), 0) AS bytes FROM studies`,
    );
    return {
      patients: number(row['patients']),
      studies: number(row['studies']),
      series: number(row['series']),
      instances: number(row['instances']),
      bytes: number(row['bytes']),
    };
  }

  private prepared(sql: string) {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.db.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

const FILE_COLUMNS = ['transferSyntaxUid', 'path', 'size', 'sha256', 'mtime'];

/** For comparisons without regard to case: names are matched so (PS3.4 C.2.2.2.1). */
export const foldCase = (value: string) => value.normalize('NFKC').toLowerCase();
