package dev.carafe.build.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChmodTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "640;777;false;640",
                "0755;600;true;755",
                "4755;600;false;4755",
                "u=rwX,go=rX;600;false;644",
                "u=rwX,go=rX;700;false;755",
                "u=rwX,go=rX;600;true;755",
                "a+x;644;false;755",
                "+x;644;false;755",
                "go-rwx;755;false;700",
                "u+s;755;false;4755",
                "o+t;777;true;1777",
                "u=rw+x;000;false;700",
                "g=u;640;false;660",
                "go=u-w;640;false;644",
                "o+g,u=;750;true;55",
            })
    void bitsChangeAsChmodDoes(String text, String before, boolean directory, String after) {
        Chmod chmod = Chmod.parse(text);
        assertThat(Integer.toOctalString(chmod.apply(Integer.parseInt(before, 8), directory)))
                .isEqualTo(after);
    }

    @Test
    void otherTextsAreRefused() {
        for (String bad : new String[] {"", "rwx", "999", "u=q", "12345"}) {
            assertThatThrownBy(() -> Chmod.parse(bad)).hasMessageContaining("invalid chmod");
        }
    }
}
