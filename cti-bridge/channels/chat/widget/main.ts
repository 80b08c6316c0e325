import { surroundingsOf } from './surroundings.ts';
import { startWidget } from './widget.ts';
import { webSocketTo } from './wire.ts';

/**
 * `<script src="https://bridge/chat/widget.js" data-site="shop" async></script>`, and if wanted `data-lang="zh"`, `data-theme="dark"`,
 * `data-position="left"`. A page that has it twice has one chat. Whatever goes wrong here costs the page nothing but the chat.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset.site && !document.getElementById('crosspoint-chat')) {
  const { dataset, src } = script;
  const start = () =>
    startWidget({
      siteId: dataset.site ?? '',
      base: new URL('.', src).href,
      isLeft: dataset.position === 'left',
      surroundings: surroundingsOf(dataset),
      connect: webSocketTo,
      storage: () => window.localStorage,
    }).catch(() => undefined); // no chat for this site, or none to be had now: the page is as it was
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
  else void start();
}
