import type { PageSource } from '../../ui/index.ts';

/** A picture is a document of one page. Rejects where the browser cannot draw it. */
export async function picturePages(picture: Blob): Promise<PageSource> {
  const { width, height } = await sizeOf(picture);
  return { pages: [{ width, height }], draw: async () => picture, close() {} };
}

/** As it is looked at, its orientation included. */
async function sizeOf(picture: Blob): Promise<{ readonly width: number; readonly height: number }> {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}
