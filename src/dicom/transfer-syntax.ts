/** How the elements of a data set are laid out (PS3.5 7.1). */
export interface Layout {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

export const IMPLICIT_LE: Layout = {explicit: false, bigEndian: false};
export const EXPLICIT_LE: Layout = {explicit: true, bigEndian: false};
export const EXPLICIT_BE: Layout = {explicit: true, bigEndian: true};

export const IMPLICIT_LE_UID = '1.2.840.10008.1.2';
export const EXPLICIT_LE_UID = '1.2.840.10008.1.2.1';
export const EXPLICIT_BE_UID = '1.2.840.10008.1.2.2';

/** GE's private syntax: implicit little-endian, only its pixel data are big-endian. */
const GE_PRIVATE_UID = '1.2.840.113619.5.2';

/**
 * The syntaxes whose whole data set is deflated: Deflated Explicit VR Little Endian (PS3.5 A.5) and the two JPIP
 * ones that refer to it (A.7, A.9). Deflated Image Frame Compression is not among them: it deflates frames only.
 */
const DEFLATED_UIDS: ReadonlySet<string> = new Set([
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.4.95',
  '1.2.840.10008.1.2.4.205',
]);

/** The layout that a transfer syntax prescribes. Every syntax not named here is explicit little-endian (PS3.5 10). */
export function layoutOf(transferSyntaxUid: string): Layout {
  if (transferSyntaxUid === IMPLICIT_LE_UID || transferSyntaxUid === GE_PRIVATE_UID) return IMPLICIT_LE;
  return transferSyntaxUid === EXPLICIT_BE_UID ? EXPLICIT_BE : EXPLICIT_LE;
}

export function isDeflated(transferSyntaxUid: string): boolean {
  return DEFLATED_UIDS.has(transferSyntaxUid);
}

/** The syntax that a bare data set of this layout is in: it has no header that could name a compressed one. */
export function syntaxOfLayout(layout: Layout): string {
  if (!layout.explicit) return IMPLICIT_LE_UID;
  return layout.bigEndian ? EXPLICIT_BE_UID : EXPLICIT_LE_UID;
}
