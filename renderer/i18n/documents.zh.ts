import type { documentsEn } from './documents.en.ts';
import type { TextsLike } from './texts.ts';

export const documentsZh: TextsLike<typeof documentsEn> = {
  'document.open': '打开 {{name}}',
  'document.loading': '正在打开文件',
  'document.failed': '无法显示此文件',
  'document.failed.hint': '文件已损坏、过大，或与文件名不符。可以保存原文件，用其他程序打开。',
  'document.pageBroken': '无法显示此页。',
  'document.pages': '页面',
  'document.previous': '上一页',
  'document.next': '下一页',
  'document.page': '第 {{number}} 页',
  'document.pageOf': '第 {{number}} 页，共 {{count}} 页',
  'document.zoomIn': '放大',
  'document.zoomOut': '缩小',
  'document.fitWidth': '适合宽度',
  'document.rotate': '旋转',
  'document.save': '保存文件',
  'document.find': '查找文字',
  'document.notFound': '未找到',
};
