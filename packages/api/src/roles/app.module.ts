import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AttachmentsController } from '../attachments/attachments.controller';
import { CaseFileController } from '../case-file/case-file.controller';
import { commandController } from '../commands/command.controller';
import { COMMAND_GATE } from '../commands/command-gate';
import { DecideHandler } from '../commands/decide.command';
import { PLATFORM, type Platform } from '../composition/platform';
import { AnchorsController } from '../evidence/anchors.controller';
import { ExportController } from '../evidence/export.controller';
import { LoopLag } from '../http/overload';
import { AdminController } from '../operations/admin.controller';
import { HealthController } from '../operations/health.controller';
import { Readiness } from '../operations/readiness';
import { AskHandler } from '../queries/ask.query';
import { queries } from '../queries/index';
import { queryController } from '../queries/query.controller';
import { TrackingController } from '../tracking/tracking.controller';
import { UnmaskController } from '../access-log/unmask.controller';

/** The HTTP side of one platform. */
@Module({})
export class AppModule {
  static for(platform: Platform, readiness: Readiness, loop: LoopLag): DynamicModule {
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        HealthController,
        AdminController,
        TrackingController,
        UnmaskController,
        AttachmentsController,
        ExportController,
        CaseFileController,
        AnchorsController,
        queryController(queries),
        commandController(platform.registry),
      ],
      providers: [
        { provide: PLATFORM, useValue: platform },
        { provide: COMMAND_GATE, useValue: platform.gate },
        { provide: Readiness, useValue: readiness },
        { provide: LoopLag, useValue: loop },
        DecideHandler,
        AskHandler,
      ],
    };
  }
}
