package dev.carafe.cli.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox",
                "a/b__c/d-e:1.2_3",
                "localhost:5000/x:latest",
                "Reg.example/a/b",
                "x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void namesAreFine(String name) {
        assertThatCode(() -> ImageName.check(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "a:b:c, invalid reference format",
        "busybox:, invalid reference format",
        "-x, invalid reference format",
        "a//b, invalid reference format",
        "x@sha256:abc, invalid reference format",
        "'', invalid reference format",
        "Busybox, invalid reference format: repository name (library/Busybox) must be lowercase",
        "reg.io/Team/x, invalid reference format: repository name (Team/x) must be lowercase"
    })
    void othersAreRefused(String name, String sentence) {
        assertThatThrownBy(() -> ImageName.check(name)).hasMessage(sentence);
    }
}
