import type { i18n } from 'i18next';
import { en } from '../../renderer/i18n/en.ts';
import { createI18n as create, type Language } from '../../renderer/i18n/index.ts';
import { zh } from '../../renderer/i18n/zh.ts';

/** A page's texts with both languages at hand: going over to the other needs no waiting. */
export const createI18n = (language: Language): i18n => create(language, { en, zh });
