import type { DoctorReport } from '../../report/doctor/report.ts';
import { doctorText } from '../../report/doctor/text.ts';
import { doctorHtml } from '../../report/doctor-html.ts';
import type { DoctorFacts } from './gather.ts';
import type { DoctorInput, Format } from './parse.ts';
import { reportOf } from './report-of.ts';

const RENDER: Readonly<Record<Format, (report: DoctorReport) => unknown>> = {
  json: (report) => report,
  text: doctorText,
  html: doctorHtml,
};

/** What a request by hand is answered: the exit code beside the report in the form that was asked for. */
export function answerOf(facts: DoctorFacts, { format }: DoctorInput): unknown {
  const report = reportOf(facts);
  return { exitCode: report.exitCode, [format]: RENDER[format](report) };
}
