/**
 * Lets the browser itself ask for a name and a password, as it does where an archive answers 401 with a challenge.
 * Resolves to whether the archive accepts the session now; an archive that cannot be reached has signed nobody in.
 */
export async function signInByBrowser(dicomWebUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${dicomWebUrl}/studies?limit=1`, {
      credentials: 'same-origin',
      headers: {accept: 'application/dicom+json'},
      cache: 'no-store',
    });
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
