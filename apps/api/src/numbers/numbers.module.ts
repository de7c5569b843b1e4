import { Module } from '@nestjs/common';
import { CountByDayHandler, CountByStatusHandler, MeasureDelaysHandler } from './invoice-numbers.js';
import { Periods } from './number-filters.js';
import { NumbersController } from './numbers.controller.js';
import { CountReasonsHandler, CountSendersHandler } from './reject-numbers.js';

/** Numbers for dashboards. */
@Module({
  controllers: [NumbersController],
  providers: [
    Periods,
    CountByStatusHandler,
    CountByDayHandler,
    MeasureDelaysHandler,
    CountReasonsHandler,
    CountSendersHandler,
  ],
})
export class NumbersModule {}
