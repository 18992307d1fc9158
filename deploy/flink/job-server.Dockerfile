# Beam's job server, from Maven Central. Build it in the root of the project:
#   docker build -f deploy/flink/job-server.Dockerfile -t migration-events-job-server .
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY deploy/flink/pom.xml .
RUN mvn --quiet --batch-mode -DbuildDirectory=/build/job-server package

FROM eclipse-temurin:17.0.15_6-jre
COPY --from=build /build/job-server/flink-job-server.jar /opt/job-server/
COPY --from=build /build/job-server/lib /opt/job-server/lib
USER 1000:1000
EXPOSE 8098 8099
ENTRYPOINT ["java", "-Xmx512m", "-jar", "/opt/job-server/flink-job-server.jar"]
