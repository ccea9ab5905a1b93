import type { Keeper } from '../../keeper.ts';
import { decide } from './decide.ts';
import { type DoctorFacts, gather } from './gather.ts';
import { type DoctorInput, parse } from './parse.ts';
import { answerOf } from './render.ts';

export const doctor: Keeper<DoctorInput, DoctorFacts> = {
  name: 'doctor',
  actions: [],
  parse,
  gather,
  decide,
  report: answerOf,
};
