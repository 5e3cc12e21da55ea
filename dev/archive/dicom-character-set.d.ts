declare module 'dicom-character-set' {
  /** Decodes text by the value of Specific Character Set (0008,0005); throws on a term that it does not know. */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: {readonly vr?: string},
  ): string;
}
