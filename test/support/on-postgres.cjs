// Which database `viewsUnderTest` opens; set for one Jest project. A schema of its own for each test takes its time.
process.env.AFTERCARE_VIEWS = 'postgres';
jest.setTimeout(60_000);
