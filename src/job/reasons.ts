import {msg} from '@lit/localize';

/**
 * The one table of reasons: why a file was skipped or failed, and why a job waits.
 *
 * `sentence` says what happened and `remedy` what to do; both are thunks, so that they follow the language
 * in force when they are shown. `retry` is false where sending the same file again cannot help.
 */
export interface Reason {
  readonly sentence: () => string;
  readonly remedy: () => string;
  readonly retry: boolean;
}

/** Reasons to leave a file out on purpose. */
export const SKIP_REASONS = {
  'not-dicom': {
    sentence: () => msg('Not a DICOM file'),
    remedy: () => msg('Nothing to do, unless images are expected here.'),
    retry: false,
  },
  'dicomdir': {
    sentence: () => msg('DICOMDIR, the index of a medium'),
    remedy: () => msg('Nothing to do: an index is read, never sent.'),
    retry: false,
  },
  'outside-dates': {
    sentence: () => msg('The study date lies outside the chosen dates'),
    remedy: () => msg('Start a job with other dates to import it.'),
    retry: false,
  },
  'undated': {
    sentence: () => msg('The file has no study date, and a date range was chosen'),
    remedy: () => msg('Start a job without dates to import it.'),
    retry: false,
  },
  'not-chosen': {
    sentence: () => msg('The study was not chosen'),
    remedy: () => msg('Start a job with this study ticked to import it.'),
    retry: false,
  },
  'cancelled': {
    sentence: () => msg('The job was cancelled before this file was sent'),
    remedy: () => msg('Start a new job: what the archive already holds is skipped.'),
    retry: true,
  },
} as const satisfies Record<string, Reason>;

/** Reasons of one file: only this file fails. */
export const FAIL_REASONS = {
  'no-study-uid': {
    sentence: () => msg('The files do not contain Study Instance UID'),
    remedy: () => msg('Raw or ACR-NEMA files. Convert them, or keep them outside the archive.'),
    retry: false,
  },
  'no-series-uid': {
    sentence: () => msg('The files do not contain Series Instance UID'),
    remedy: () => msg('Repair the files with the software that made them.'),
    retry: false,
  },
  'no-sop-uid': {
    sentence: () => msg('The files do not contain SOP Instance UID or SOP Class UID'),
    remedy: () => msg('Repair the files with the software that made them.'),
    retry: false,
  },
  'no-part10-header': {
    sentence: () => msg('The file has no DICOM file header (Part 10)'),
    remedy: () => msg('Convert it with a DICOM tool, then retry.'),
    retry: false,
  },
  'empty': {
    sentence: () => msg('The file is empty'),
    remedy: () => msg('Copy the file again from the old PACS, then retry.'),
    retry: true,
  },
  'cut-short': {
    sentence: () => msg('The file ends before its data does'),
    remedy: () => msg('Copy the file again from the old PACS, then retry.'),
    retry: true,
  },
  'damaged-header': {
    sentence: () => msg('The DICOM header is damaged'),
    remedy: () => msg('Copy the file again from the old PACS, then retry.'),
    retry: true,
  },
  'header-too-large': {
    sentence: () => msg('The DICOM header is too large to be read'),
    remedy: () =>
      msg('Open the file with a DICOM tool; identifying attributes should stand in the first 16 MB.'),
    retry: false,
  },
  'header-timeout': {
    sentence: () => msg('Reading the DICOM header took too long or broke the reader'),
    remedy: () => msg('Check the file with a DICOM tool: it may be damaged or made to do harm.'),
    retry: true,
  },
  'executable-preamble': {
    sentence: () => msg('Executable code is hidden in the first 128 bytes'),
    remedy: () =>
      msg('Check where the medium comes from. Advanced options say what is done with such files.'),
    retry: false,
  },
  'unreadable': {
    sentence: () => msg('The file could not be read from the medium'),
    remedy: () => msg('Check the disk, then retry.'),
    retry: true,
  },
  'vanished': {
    sentence: () => msg('The file was no longer there when its turn came'),
    remedy: () => msg('Check whether the old PACS still deletes or moves files, then retry.'),
    retry: true,
  },
  'changed': {
    sentence: () => msg('The file changed while it was being read'),
    remedy: () => msg('Wait until nothing writes to the folder, then retry.'),
    retry: true,
  },
  'folder-unreadable': {
    sentence: () => msg('The folder could not be opened'),
    remedy: () => msg('Check the disk and the access rights, then retry.'),
    retry: true,
  },
  'sop-class-refused': {
    sentence: () => msg('The archive does not accept this SOP class'),
    remedy: () => msg('Allow the SOP class in the archive, then retry.'),
    retry: true,
  },
  'transfer-syntax-refused': {
    sentence: () => msg('The archive does not accept this transfer syntax'),
    remedy: () => msg('Allow the transfer syntax in the archive, then retry.'),
    retry: true,
  },
  'not-understood': {
    sentence: () => msg('The archive could not read the file'),
    remedy: () => msg('The file is probably damaged. Copy it again from the old PACS, then retry.'),
    retry: true,
  },
  'data-set-mismatch': {
    sentence: () => msg('The archive says that the data do not fit the SOP class'),
    remedy: () => msg('Repair the file with the software that made it.'),
    retry: true,
  },
  'identifier-conflict': {
    sentence: () => msg('The archive refuses the identifiers of this file'),
    remedy: () => msg('Compare patient and study in the archive with the file, then retry.'),
    retry: true,
  },
  'policy-refused': {
    sentence: () => msg('A rule of the archive refuses this file'),
    remedy: () => msg('Look up the rule in the archive: the detail names its code.'),
    retry: true,
  },
  'processing-failure': {
    sentence: () => msg('The archive failed while it stored the file'),
    remedy: () => msg("Read the archive's log, then retry."),
    retry: true,
  },
  'no-verdict': {
    sentence: () => msg('The archive does not say what became of the file'),
    remedy: () => msg("Read the archive's log, then retry."),
    retry: true,
  },
  'too-large-for-server': {
    sentence: () => msg('The file is larger than the server in front of the archive lets through'),
    remedy: () => msg('Raise the limit for the size of a request in the web server or proxy, then retry.'),
    retry: true,
  },
  'stops-the-archive': {
    sentence: () => msg('The archive stops when it receives this file'),
    remedy: () => msg('Keep the file, and report it to the maker of the archive.'),
    retry: false,
  },
  'missing-after-store': {
    sentence: () => msg('Stored, but not there when asked again'),
    remedy: () => msg("Read the archive's log, then retry."),
    retry: true,
  },
  'duplicate-differs': {
    sentence: () => msg('Another file with the same SOP Instance UID but other content was there first'),
    remedy: () => msg('Compare the two files and decide which is right.'),
    retry: false,
  },
} as const satisfies Record<string, Reason>;

/** Reasons of the system: the job waits once, no file fails. */
export const WAIT_REASONS = {
  'offline': {
    sentence: () => msg('This computer is not connected to the network.'),
    remedy: () => msg('The job goes on by itself when the connection is back.'),
    retry: true,
  },
  'unreachable': {
    sentence: () => msg('The archive cannot be reached.'),
    remedy: () => msg('The job goes on by itself when the archive answers again.'),
    retry: true,
  },
  'stalled': {
    sentence: () => msg('The archive stopped answering in the middle of a transfer.'),
    remedy: () => msg('The job goes on by itself when the archive answers again.'),
    retry: true,
  },
  'busy': {
    sentence: () => msg('The archive asks for a pause.'),
    remedy: () => msg('The job goes on by itself.'),
    retry: true,
  },
  'server-error': {
    sentence: () => msg('The archive answers with an error of its own.'),
    remedy: () => msg("If this goes on, read the archive's log."),
    retry: true,
  },
  'archive-full': {
    sentence: () => msg('The archive has no space left.'),
    remedy: () => msg('Make space in the archive; the job goes on by itself.'),
    retry: true,
  },
  'sign-in': {
    sentence: () => msg('The archive no longer accepts the session.'),
    remedy: () => msg('Sign in again and the job goes on where it stood.'),
    retry: true,
  },
  'forbidden': {
    sentence: () => msg('This user may not store in the archive.'),
    remedy: () => msg('Give the user the right to store, or sign in as another user.'),
    retry: true,
  },
  'proxy-sign-in': {
    sentence: () => msg('A proxy between this computer and the archive asks for a sign-in.'),
    remedy: () => msg('Sign in to the proxy, or have the archive excepted from it.'),
    retry: true,
  },
  'not-dicomweb': {
    sentence: () => msg('At this address no DICOMweb server answers.'),
    remedy: () => msg("Check the archive's address, and whether its DICOMweb service is switched on."),
    retry: true,
  },
  'medium-gone': {
    sentence: () => msg('The medium is no longer there.'),
    remedy: () => msg('Insert it again; the job goes on by itself when it is back.'),
    retry: true,
  },
  'other-medium': {
    sentence: () => msg('Another medium is in its place: its content is not the one of this job.'),
    remedy: () => msg('Insert the medium with which the job was started; the job goes on by itself.'),
    retry: true,
  },
  'permission': {
    sentence: () => msg('The browser no longer lets this page read the folder.'),
    remedy: () => msg('Press Try now and allow reading, or drop the same folder here again.'),
    retry: true,
  },
} as const satisfies Record<string, Reason>;

export type SkipReason = keyof typeof SKIP_REASONS;
export type FailReason = keyof typeof FAIL_REASONS;
export type WaitReason = keyof typeof WAIT_REASONS;
export type ReasonCode = SkipReason | FailReason | WaitReason;

const ALL: Readonly<Record<ReasonCode, Reason>> = {...SKIP_REASONS, ...FAIL_REASONS, ...WAIT_REASONS};

export function reasonFor(code: ReasonCode): Reason {
  return ALL[code];
}
