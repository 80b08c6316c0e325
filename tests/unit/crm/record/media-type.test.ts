import { describe, expect, it } from 'vitest';
import { sniffMediaType } from '../../../../cti-bridge/crm/index.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('what a file is by its bytes', () => {
  it.each([
    ['application/pdf', '%PDF-1.7\n'],
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['audio/wav', 'RIFF\0\0\0\0WAVEfmt '],
    ['application/zip', 'PK\x03\x04hello.txt'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK\x03\x04[Content_Types].xml xl/workbook.xml'],
    ['text/plain', 'Dear customer,\n'],
    ['text/plain', ''],
    ['application/octet-stream', 'MZ\0\0'],
    ['application/octet-stream', '\xff\xfe\xfd'],
  ])('%s', (expected, content) => {
    expect(sniffMediaType(bytes(content))).toBe(expected);
  });

  it.each(['<html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', '<?xml version="1.0"?>'])(
    'is text, never a page: %s',
    (content) => {
      expect(sniffMediaType(bytes(content))).toBe('text/plain');
    },
  );

  it('takes text whose last letter is cut in half for text', () => {
    expect(sniffMediaType(new TextEncoder().encode('账单').slice(0, 5))).toBe('text/plain');
  });
});
