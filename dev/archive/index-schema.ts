import {ATTRIBUTES, type Level} from './attributes.js';

export const TABLES = {study: 'studies', series: 'series', instance: 'instances'} as const;

/** The keywords that have a column in the table of a level. */
export const columnsOf = (level: Level) => ATTRIBUTES.filter(a => a.level === level).map(a => a.keyword);

const columns = (level: Level) =>
  columnsOf(level)
    .map(keyword => `${keyword} TEXT`)
    .join(', ');

/**
 * One table a level; the columns are the attributes of `attributes.ts`. `receipt` is the number of the last instance
 * received, so the newest come first by index. `mtime` is null where the file is the archive's own, and the time of
 * the file in milliseconds where it is only linked; `path` is then absolute, else below the image folder.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS studies (
  ${columns('study')}, received INTEGER NOT NULL, receipt INTEGER NOT NULL,
  seriesCount INTEGER NOT NULL, instanceCount INTEGER NOT NULL, bytes INTEGER NOT NULL,
  PRIMARY KEY (StudyInstanceUID));
CREATE TABLE IF NOT EXISTS series (
  StudyInstanceUID TEXT NOT NULL, ${columns('series')}, receipt INTEGER NOT NULL, instanceCount INTEGER NOT NULL,
  PRIMARY KEY (StudyInstanceUID, SeriesInstanceUID));
CREATE TABLE IF NOT EXISTS instances (
  receipt INTEGER PRIMARY KEY AUTOINCREMENT,
  StudyInstanceUID TEXT NOT NULL, SeriesInstanceUID TEXT NOT NULL, ${columns('instance')},
  transferSyntaxUid TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, mtime INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS instancesBySop ON instances (SOPInstanceUID);
CREATE INDEX IF NOT EXISTS instancesBySeries ON instances (StudyInstanceUID, SeriesInstanceUID);
CREATE INDEX IF NOT EXISTS instancesLinked ON instances (path) WHERE mtime IS NOT NULL;
CREATE INDEX IF NOT EXISTS seriesByUid ON series (SeriesInstanceUID);
CREATE INDEX IF NOT EXISTS seriesByModality ON series (Modality);
CREATE INDEX IF NOT EXISTS studiesByReceipt ON studies (receipt);
CREATE INDEX IF NOT EXISTS studiesByPatient ON studies (PatientID);
CREATE INDEX IF NOT EXISTS studiesByDate ON studies (StudyDate);
CREATE INDEX IF NOT EXISTS studiesByAccession ON studies (AccessionNumber);
`;
