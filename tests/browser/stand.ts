import type { Browser, Page } from 'playwright-core';
import type { DoctorCheck } from '../../lib/report/doctor/report.ts';

export interface Stand {
  readonly browser: Browser;
  readonly url: string;
  /** Which page, where it is not the doctor's. */
  readonly name?: string;
  readonly checks: readonly DoctorCheck[];
  readonly axe: string;
  /** Where screenshots go. */
  readonly folder: string;
}

export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export const failures: string[] = [];

export function check(what: string, holds: boolean, detail: unknown = ''): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${holds ? '' : ` ${JSON.stringify(detail)}`}`);
  if (!holds) failures.push(what);
}

/** Opens the report in a context of its own; whatever it asks of a network is a failure. */
export async function open({ browser, url }: Stand, { width, scheme }: View): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.on('request', (request) => {
    if (request.url() !== url) check(`asks for ${request.url()}`, false);
  });
  page.on('pageerror', (error) => check('no error of the script', false, error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') check('no error in the console', false, message.text());
  });
  await page.goto(url);
  return page;
}
