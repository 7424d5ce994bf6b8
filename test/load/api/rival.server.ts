import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

class WindowDto {
  @IsISO8601() from!: string;
  @IsISO8601() to!: string;
}

/** The fields of `ticket.RegisterTicket`. */
class RegisterTicketDto {
  @IsUUID() customerId!: string;
  @IsIn(['phone', 'chat', 'web-form', 'app', 'wechat', 'email', 'walk-in', 'letter', 'sms', 'link', 'signature'])
  channel!: string;
  @IsString() @Length(1, 4_000) words!: string;
  @IsOptional() @IsIn(['repair', 'return-exchange', 'enquiry']) intent?: string;
  @IsOptional() @IsIn(['on-site', 'carry-in', 'mail-in']) serviceType?: string;
  @IsOptional() @Matches(/^[0-9]{6}$/) region?: string;
  @IsOptional() @IsString() @Length(1, 100) category?: string;
  @IsOptional() @IsString() @Length(1, 100) model?: string;
  @IsOptional() @IsString() @Length(1, 64) unitId?: string;
  @IsOptional() @IsString() @Length(1, 100) serial?: string;
  @IsOptional() @IsIn(['unusable', 'degraded', 'intact', 'none', 'unknown']) impact?: string;
  @IsOptional() @IsBoolean() safetyMarked?: boolean;
  @IsOptional() @IsString() @Length(1, 1_000) environment?: string;
  @IsOptional() @IsString() @Length(1, 1_000) remediesTried?: string;
  @IsOptional() @IsString() @Length(1, 100) contactName?: string;
  @IsOptional() @IsString() @Length(1, 40) contactPhone?: string;
  @IsOptional() @IsString() @Length(1, 300) address?: string;
  @IsOptional() @IsString() @Length(1, 100) proofOfPurchase?: string;
  @IsOptional() @ValidateNested() @Type(() => WindowDto) requestedWindow?: WindowDto;
  @IsOptional() @IsISO8601() receivedAt?: string;
}

@Controller()
class EmptyController {
  @Post('/tickets')
  create(@Body() body: RegisterTicketDto): { id: string } {
    return { id: body.customerId };
  }
}

@Module({ controllers: [EmptyController] })
class EmptyModule {}

/** An empty Nest + Fastify POST with a DTO of the same fields: no store, no token, no rules. */
export const startRival = async (): Promise<number> => {
  const app = await NestFactory.create<NestFastifyApplication>(EmptyModule, new FastifyAdapter(), { logger: false });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }));
  await app.listen(0, '127.0.0.1');
  return Number(new URL(await app.getUrl()).port);
};
