/** The process in which pages are decoded: one that is made to kill its decoder kills this one, and the bridge starts another. */
import { constants, setPriority } from 'node:os';
import sharp from 'sharp';
import { drawPage } from './draw-page.ts';
import type { DrawOrder, DrawReport } from './worker-messages.ts';

// A page can wait, a call cannot.
setPriority(constants.priority.PRIORITY_LOW);
sharp.concurrency(1);
sharp.cache(false);
// Of the decoders that the library has, files of strangers reach this one.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadTiffFile'] });

const tell = (report: DrawReport | 'ready') => process.send?.(report);

process.on('message', (order: DrawOrder) => {
  drawPage(order).then(
    (bytes) => tell({ report: 'drawn', bytes }),
    (error: unknown) => tell({ report: 'broken', why: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }),
  );
});
process.on('disconnect', () => process.exit());
tell('ready');
