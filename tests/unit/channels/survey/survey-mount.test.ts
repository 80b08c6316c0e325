import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { surveyMount } from '../../../../cti-bridge/channels/survey/index.ts';
import type { SurveyHouse, SurveyPage } from '../../../../cti-bridge/interactions/index.ts';
import { silentLog } from '../../../../cti-bridge/kernel/index.ts';

const open: SurveyPage = {
  ...{
    state: 'open',
    locale: 'zh',
    organisation: '东海通信',
    question: '满意吗 <b>?',
    comment: '还有什么？',
    thanks: '谢谢！',
    highest: 5,
  },
};

/** What is answered, and what the house was told. */
async function ask(method: string, url: string, body = '', page: SurveyPage | null | Error = open) {
  const told: unknown[] = [];
  const house: SurveyHouse = {
    open: async () => {
      if (page instanceof Error) throw page;
      return page;
    },
    answer: async (...answer) => {
      told.push(answer);
      if (page instanceof Error) throw page;
      return page && { ...page, state: 'answered' };
    },
  };
  const request = Object.assign(new PassThrough(), { url, method, headers: { 'accept-language': 'en' }, setTimeout: () => request });
  request.end(body);
  const { promise, resolve } = Promise.withResolvers<{ status: number; headers: Record<string, string>; html: string; told: unknown[] }>();
  let head: { status: number; headers: Record<string, string> } = { status: 0, headers: {} };
  const response = {
    writeHead: (status: number, headers: Record<string, string>) => {
      head = { status, headers };
      return response;
    },
    end: (html = '') => resolve({ ...head, html, told }),
    destroy: () => resolve({ ...head, html: 'destroyed', told }),
    headersSent: false,
  };
  surveyMount(house, silentLog).handle(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  return promise;
}

describe('the page of a survey', () => {
  it('shows the question in their language with the number of the link chosen, and answers nothing when it is looked at', async () => {
    const shown = await ask('GET', '/s/abcdefgh12/4');
    expect(shown).toMatchObject({ status: 200, told: [] });
    expect(shown.html).toContain('<html lang="zh-CN">');
    expect(shown.html).toContain('满意吗 &lt;b&gt;?');
    expect(shown.html).toContain('value="4" required checked');
    expect(shown.html.match(/ checked/g)).toHaveLength(1);
    expect(shown.html).toContain('action="/s/abcdefgh12"');
  });

  it('answers by its button, with a word', async () => {
    const answered = await ask('POST', '/s/abcdefgh12', 'score=4&text=%E5%BE%88%E5%A5%BD');
    expect(answered.told).toEqual([['abcdefgh12', 4, '很好']]);
    expect(answered.html).toContain('谢谢！');
  });

  it('lets nothing run, be framed or be kept, and sends its form nowhere else', async () => {
    const { headers, html } = await ask('GET', '/s/abcdefgh12');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(html).not.toContain('<script');
  });

  it.each([
    ['a link that nobody sent', 'GET', '/s/abcdefgh12', '', null, 404],
    ['an address that is none', 'GET', '/s/..%2f', '', open, 404],
    ['a question that is too old', 'GET', '/s/abcdefgh12', '', { ...open, state: 'expired' }, 410],
    ['a store that fails', 'POST', '/s/abcdefgh12', 'score=3', new Error('disk'), 503],
    ['an answer that is far too long', 'POST', '/s/abcdefgh12', 'x'.repeat(40_000), open, 413],
    ['another method', 'PUT', '/s/abcdefgh12', '', open, 405],
  ] as const)('tells %s as such', async (_what, method, url, body, page, status) => {
    expect(await ask(method, url, body, page)).toMatchObject({ status });
  });
});
