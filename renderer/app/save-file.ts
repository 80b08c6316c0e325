/** Hands a file over as a download, which the browser and Electron put where the person keeps them. */
export function saveFile(document: Document, name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
