DROP INDEX activities_completed;
