import type { DoctorReport } from './doctor/report.ts';

/** The report as one HTML file that needs nothing else. */
export function doctorHtml(report: DoctorReport): string {
  return `<!doctype html><title>${report.account}</title>`;
}
