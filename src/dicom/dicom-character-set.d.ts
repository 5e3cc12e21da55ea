declare module 'dicom-character-set' {
  export interface ConvertOptions {
    /** The VR of the value: it says which characters reset the active character sets (PS3.5 6.1.2.5.3). */
    readonly vr?: string;
  }

  /**
   * Decodes the raw bytes of a value. Throws on a term of Specific Character Set (0008,0005) that it does not know,
   * and on an escape sequence that none of the terms allows.
   */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: ConvertOptions,
  ): string;
}
