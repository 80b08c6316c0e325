/** On which of the pages these words stand, by index. Letters of another width or case are the same, and so are lines that end between them. */
export async function findPages(words: string, count: number, textOf: (index: number) => Promise<string>): Promise<readonly number[]> {
  const wanted = plain(words);
  if (wanted === '') return [];
  const found: number[] = [];
  for (let index = 0; index < count; index++) if (plain(await textOf(index)).includes(wanted)) found.push(index);
  return found;
}

/** Without blanks: between Chinese characters, and where a PDF sets letters one by one, they stand or are missing at will. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
