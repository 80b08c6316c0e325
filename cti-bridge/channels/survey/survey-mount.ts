import type { IncomingMessage } from 'node:http';
import type { Locale } from '../../../shared/contracts/contact.ts';
import type { SurveyHouse } from '../../interactions/index.ts';
import type { Log, Mount } from '../../kernel/index.ts';
import { type DrawnPage, drawProblem, drawSurvey, longestWord, surveyPolicy } from './survey-page.ts';

const mostBytes = 32 * 1024;
const bodyLimitMs = 10_000;

/** `/s/TOKEN` and `/s/TOKEN/4`: GET shows the question with the number chosen, POST of its form answers. */
export function surveyMount(house: SurveyHouse, log: Log): Mount {
  return {
    path: '/s/',
    upgrade: null,
    handle(request, response) {
      const answer = ({ status, html }: DrawnPage) => {
        response.writeHead(status, {
          'content-type': 'text/html; charset=utf-8',
          'content-length': Buffer.byteLength(html),
          'content-security-policy': surveyPolicy,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'x-robots-tag': 'noindex',
        });
        response.end(request.method === 'HEAD' ? undefined : html);
      };
      void pageFor(request, house)
        .then((page) =>
          page === 'refused' ? response.writeHead(request.method === 'POST' ? 413 : 405, { connection: 'close' }).end() : answer(page),
        )
        .catch((error: unknown) => {
          log.warn('survey:pageFailed', { error: String(error) });
          if (response.headersSent || response.destroyed) response.destroy();
          else answer(drawProblem('broken', localeOf(request)));
        });
    },
  };
}

async function pageFor(request: IncomingMessage, house: SurveyHouse): Promise<DrawnPage | 'refused'> {
  const [path = ''] = (request.url ?? '').split('?', 1);
  const [, token, chosen] = /^\/s\/([A-Za-z0-9_-]{8,100})(?:\/([1-9]))?\/?$/.exec(path) ?? [];
  const isPost = request.method === 'POST';
  if (!isPost && request.method !== 'GET' && request.method !== 'HEAD') return 'refused';
  if (token === undefined) {
    request.resume();
    return drawProblem('unknown', localeOf(request));
  }
  const body = isPost ? await bodyOf(request) : null;
  if (body === 'tooLarge') return 'refused';
  const form = body === null ? null : new URLSearchParams(body);
  const page = form
    ? await house.answer(token, Number(form.get('score') ?? Number.NaN), (form.get('text') ?? '').trim().slice(0, longestWord))
    : await house.open(token);
  return page ? drawSurvey(page, `/s/${token}`, chosen === undefined ? null : Number(chosen)) : drawProblem('unknown', localeOf(request));
}

async function bodyOf(request: IncomingMessage): Promise<string | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.setTimeout(bodyLimitMs, () => request.destroy());
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) {
      request.resume();
      return 'tooLarge';
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Of who looks, where nothing else says it. */
function localeOf({ headers }: IncomingMessage): Locale {
  return /^\s*zh\b/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en';
}
