import { pageSizesSchema } from '../../../shared/contracts/messages/documents.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { PageSource } from '../../ui/index.ts';

/** Pages that the bridge draws; `path` is that of the file. */
export async function bridgePages(bridge: Pick<Bridge, 'fetchFile'>, path: string): Promise<PageSource | null> {
  const fetched = await bridge.fetchFile(`${path}/pages`);
  if (!fetched.ok) return null;
  const sizes = pageSizesSchema.safeParse(JSON.parse(await fetched.value.content.text()));
  if (!sizes.success) return null;
  return {
    pages: sizes.data.pages,
    async draw(index, width) {
      const drawn = await bridge.fetchFile(`${path}/pages/${index + 1}?width=${width}`);
      return drawn.ok ? drawn.value.content : null;
    },
    close() {},
  };
}
