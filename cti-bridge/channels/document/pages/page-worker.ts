/** The process in which pages are decoded and counted: one that is made to kill its decoder kills this one, and the bridge starts another. */
import { constants, setPriority } from 'node:os';
import sharp from 'sharp';
import { countPdfPages } from './count-pdf-pages.ts';
import { drawPage } from './draw-page.ts';
import type { PageOrder, PageReport } from './worker-messages.ts';

// A page can wait, a call cannot.
setPriority(constants.priority.PRIORITY_LOW);
sharp.concurrency(1);
sharp.cache(false);
// Of the decoders that the library has, files of strangers reach this one.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadTiffFile'] });

const tell = (report: PageReport | 'ready') => process.send?.(report);

async function perform(order: PageOrder): Promise<PageReport> {
  if (order.order === 'count') return { report: 'counted', pages: await countPdfPages(order.file) };
  return { report: 'drawn', bytes: await drawPage(order) };
}

process.on('message', (order: PageOrder) => {
  perform(order).then(tell, (error: unknown) =>
    tell({ report: 'broken', why: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }),
  );
});
process.on('disconnect', () => process.exit());
tell('ready');
