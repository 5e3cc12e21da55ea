/** Hands a file to the browser's downloads. The object URL lives until the download has surely begun. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** No name of a source or a patient: `migration-report-2026-11-23-0812.csv`, from the local time of the job's start. */
export function reportFileName(createdAt: number, format: string): string {
  const at = new Date(createdAt);
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `migration-report-${day}-${two(at.getHours())}${two(at.getMinutes())}.${format}`;
}
