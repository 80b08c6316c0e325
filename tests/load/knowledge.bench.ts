import { loadavg } from 'node:os';
import { type IndexedArticle, indexArticle, searchArticles } from '../../cti-bridge/crm/index.ts';
import { demoArticles } from '../../cti-bridge/store/seed/articles.ts';
import type { Bench } from '../../tools/figures.ts';
import { figure, percentiles } from '../support/bridge-under-load.ts';

/**
 * What one search of the knowledge base costs on the bridge, with 2,000 articles of some hundred words in both languages: every article is
 * looked through, so it grows with them. Measured as people type: each prefix of each question, the way a field that searches as one types asks.
 *
 * Figures are by the processor time of this thread, so that a machine that others use says what a search costs and not what they do; beside
 * it the same by the clock.
 *
 * Aim: p95 within 20 ms.
 */
const articleCount = 2_000;
const bodiesPerArticle = 5;
const questions = [
  ...['roaming charges', 'transfer of ownership', 'block the sim', 'bundle travel', 'KB-0311', 'invoice address'],
  ...['漫游费', '移机', '过户', 'manyou', 'qftj', 'nothing of the kind'],
];
const rounds = 8;

export const bench: Bench = {
  name: 'knowledge',
  async run() {
    const begun = performance.now();
    const articles = manyArticles();
    const indexedMs = performance.now() - begun;
    const asked = questions.flatMap((question) => [...question].map((_, index) => question.slice(0, index + 1)));
    const how = { queueId: 'billing', limit: 8 };
    for (const typed of asked) searchArticles(articles, typed, how);
    const costs: number[] = [];
    const waits: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const typed of asked) {
        const [from, before] = [performance.now(), process.threadCpuUsage()];
        searchArticles(articles, typed, how);
        const { user, system } = process.threadCpuUsage(before);
        costs.push((user + system) / 1_000);
        waits.push(performance.now() - from);
      }
    }
    const at = `${articleCount} articles, load ${loadavg()[0]?.toFixed(1)}`;
    return [
      ...percentiles('search, processor time', costs, at),
      ...percentiles('search, by the clock', waits, at),
      figure('index, built once, by the clock', indexedMs, 'ms', at),
    ];
  },
};

/** The demo's articles over and over, each copy with words of its own and a body that is several bodies long. */
function manyArticles(): readonly IndexedArticle[] {
  const bodies = demoArticles.map(({ content }) => content.texts);
  return Array.from({ length: articleCount }, (_, ordinal) => {
    const { content } = demoArticles[ordinal % demoArticles.length] ?? {};
    if (!content) throw new Error('The demo has no articles.');
    const longer = (language: 'en' | 'zh') => {
      const text = content.texts[language];
      const more = Array.from({ length: bodiesPerArticle }, (_, each) => bodies[(ordinal + each) % bodies.length]?.[language]?.body ?? '');
      return text && { ...text, title: `${text.title} ${ordinal}`, body: more.join('\n') };
    };
    const number = `KB-${String(ordinal).padStart(4, '0')}`;
    return indexArticle({ number, helped: ordinal % 7, content: { ...content, texts: { en: longer('en'), zh: longer('zh') } } });
  });
}
