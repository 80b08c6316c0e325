import { createRoot } from 'react-dom/client';
import { connectStrip } from './desktop/index.ts';
import { StripPage, stripStore } from './features/strip/index.ts';
import { createRinger } from './phone/index.ts';
import './ui/index.ts';

/** The call strip: shows what it is told, rings when it is told, hands on what is pressed. In a browser it has nobody to ask, and stays empty. */
async function main(): Promise<void> {
  const root = document.getElementById('root');
  const program = connectStrip();
  if (!root || !program) return;
  const ringer = createRinger();
  const store = stripStore(program, ringer);
  await store.start();
  createRoot(root).render(<StripPage store={store} />);
}

void main();
