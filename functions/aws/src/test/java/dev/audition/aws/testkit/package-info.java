/**
 * Stand-ins for services of the account, for tests of the adapters and of all that is built on
 * them: DynamoDB Local, ElasticMQ, s3proxy, moto. Each is started once, when it is first asked for,
 * on a free port of the loopback interface.
 */
@NullMarked
package dev.audition.aws.testkit;

import org.jspecify.annotations.NullMarked;
