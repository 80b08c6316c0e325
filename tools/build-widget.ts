import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { type Bundle, bringUpToDate } from './bundle.ts';
import { inProject } from './project.ts';

/** The chat widget: one file for other people's pages, in the language of browsers of the last three years. */
const widgetBundle: Bundle = {
  name: 'chat',
  sources: ['cti-bridge/channels/chat/widget', 'shared/contracts/messages', 'package-lock.json', 'tools/build-widget.ts'],
  async build(outputFolder) {
    const bundle = await rolldown({
      input: inProject('cti-bridge', 'channels', 'chat', 'widget', 'main.ts'),
      platform: 'browser',
      logLevel: 'warn',
      transform: { target: 'es2022' },
    });
    await bundle.write({ file: join(outputFolder, 'widget.js'), format: 'iife', minify: true, codeSplitting: false });
    await bundle.close();
  },
};

/** Builds `dist/chat/widget.js` where its sources changed. */
export function buildWidget(say: (line: string) => void): Promise<void> {
  return bringUpToDate([widgetBundle], say);
}
